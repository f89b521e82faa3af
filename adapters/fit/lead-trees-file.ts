import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** Name of the file beside a bundle. */
const FILE = 'lead-trees.json.gz';

/** Beside the code, in the repository and in the published package alike. */
export const LEAD_TREES_FILE = fileURLToPath(new URL(`../../data/pretrained/${FILE}`, import.meta.url));

/** Where it may lie: beside this code where that is a bundle, else in the repository or the package. */
const PLACES = [fileURLToPath(new URL(FILE, import.meta.url)), LEAD_TREES_FILE];

const Trees = z.strictObject({
  version: z.literal(1),
  columns: z.int().positive(),
  depth: z.int().min(1).max(6),
  base: z.number(),
  feature: z.array(z.int().nonnegative()),
  threshold: z.array(z.number()),
  value: z.array(z.number()),
});

const File = z.strictObject({
  version: z.literal(1),
  learned: z.strictObject({ from: z.string(), sha256: z.string(), histories: z.int().positive() }),
  trees: Trees.refine(isWhole, 'questions and leaves must be those of whole trees, about columns that there are'),
});

/** The trees, and what they learned from. */
export type LeadTreesFile = z.infer<typeof File>;

/**
 * Trees that learned from many hourly histories, as they ship (data/README.md says how they were made): beside this code when
 * that is a bundle. Throws, naming the file, where it is missing or is not what it should be. Cost: 15 ms.
 */
export function shippedLeadTrees(): LeadTreesFile {
  const file = leadTreesFile();
  if (file === undefined) throw new Error(`the trees that ship are missing: ${PLACES.join(', ')}`);
  try {
    return parseLeadTrees(readFileSync(file));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** The file that `shippedLeadTrees` reads; undefined where there is none. */
export const leadTreesFile = (): string | undefined => PLACES.find(existsSync);

/** The trees of such a file. Throws where it holds anything else. */
export const parseLeadTrees = (bytes: Uint8Array): LeadTreesFile =>
  File.parse(JSON.parse(gunzipSync(bytes).toString()));

function isWhole({ columns, depth, feature, threshold, value }: z.infer<typeof Trees>): boolean {
  const [trees, asked] = [value.length / 2 ** depth, feature.length / (2 ** depth - 1)];
  const known = feature.every((column) => column < columns);
  return trees >= 1 && Number.isInteger(trees) && trees === asked && threshold.length === feature.length && known;
}
