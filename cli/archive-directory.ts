import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Archive } from '../loop/ports.ts';
import { BadInputError } from '../models/kernel/errors.ts';

/**
 * An archive that was exported to a folder: each text in a file named by its address, with or without `.json`. Throws
 * `BadInputError` when the folder is not there, or when a file is not what its name promises.
 */
export function archiveDirectory(directory: string): Pick<Archive, 'get'> {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new BadInputError(
      `--archive: "${directory}" is not a folder; the one that holds the archived inputs is needed`,
    );
  }
  return {
    get: async (address) => {
      const file = [address, `${address}.json`].map((name) => path.join(directory, name)).find(existsSync);
      if (file === undefined) return undefined;
      const text = readFileSync(file, 'utf8');
      const digest = createHash('sha256').update(text).digest('hex');
      if (digest === address) return text;
      throw new BadInputError(
        `${file}: its content has the digest ${digest}, not the one it is named by: it was changed`,
      );
    },
  };
}
