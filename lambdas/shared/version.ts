import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { leadTreesFile } from '../../adapters/fit/lead-trees-file.ts';
import manifest from '../../package.json' with { type: 'json' };

const DIGEST_LENGTH = 12;

/**
 * Version and first digits of the SHA-256 of the file that runs: a replay is bit for bit on the same bundle only. `codeUrl` is
 * the module that runs. Reads it once: 2 ms for the bundle.
 */
export function versionOf(codeUrl: string): string {
  return `${manifest.version}+${digestOf(fileURLToPath(codeUrl))}`;
}

const digestOf = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, DIGEST_LENGTH);

/** `missing` where they cannot be read: a fit says why it goes on without them, a manifest needs a name for that. */
function leadTreesDigest(): string {
  const file = leadTreesFile();
  try {
    return file === undefined ? 'missing' : digestOf(file);
  } catch {
    return 'missing';
  }
}

/**
 * What fits are made with, by name; libraries are pinned, so that the package's own list is the truth. Trees that ship lie beside
 * the code and have a digest of their own.
 */
export const fittingVersions = (codeUrl: string): Readonly<Record<string, string>> => ({
  prescale: versionOf(codeUrl),
  node: process.version,
  '@bsull/augurs': manifest.dependencies['@bsull/augurs'],
  arima: manifest.dependencies.arima,
  'lead-trees': leadTreesDigest(),
});
