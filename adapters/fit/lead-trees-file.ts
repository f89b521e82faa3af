import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { LeadTrees } from '../../models/forecast/pretrained/lead-trees.ts';

/** Name of the file beside a bundle. */
const FILE = 'lead-trees.json.gz';

/** Beside the code, in the repository and in the published package alike. */
export const LEAD_TREES_FILE = fileURLToPath(new URL(`../../data/pretrained/${FILE}`, import.meta.url));

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
 * that is a bundle. Throws where the file is missing or is not what it should be: an installation that is broken forecasts
 * nothing. Cost: 15 ms.
 */
export function shippedLeadTrees(): LeadTrees {
  const beside = fileURLToPath(new URL(FILE, import.meta.url));
  return parseLeadTrees(readFileSync(existsSync(beside) ? beside : LEAD_TREES_FILE));
}

/** The trees of such a file. Throws where it holds anything else. */
export const parseLeadTrees = (bytes: Uint8Array): LeadTreesFile =>
  File.parse(JSON.parse(gunzipSync(bytes).toString()));

function isWhole({ columns, depth, feature, threshold, value }: z.infer<typeof Trees>): boolean {
  const [trees, asked] = [value.length / 2 ** depth, feature.length / (2 ** depth - 1)];
  const known = feature.every((column) => column < columns);
  return trees >= 1 && Number.isInteger(trees) && trees === asked && threshold.length === feature.length && known;
}
