import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { BadInputError } from '../../models/kernel/errors.ts';

const TRACE = /\.csv(\.gz)?$/i;

/**
 * Every .csv and .csv.gz below a folder, by name; undefined when the path is no folder. Throws `BadInputError` when the
 * folder holds none of them.
 */
export function traceFilesIn(given: string): readonly string[] | undefined {
  if (statSync(given, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const files = readdirSync(given, { recursive: true, withFileTypes: true })
    .filter((entry) => TRACE.test(entry.name) && !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
  if (files.length > 0) return files;
  throw new BadInputError(`${given}: the folder holds no .csv and no .csv.gz; recorded loads are needed`);
}
