import { accessSync, constants, lstatSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { BadInputError } from '../../models/kernel/errors.ts';
import { isSame } from '../same-file.ts';

/**
 * Checks, before work that takes long, that what is made can go where a flag says; an existing file is fine, it is replaced.
 * Throws `BadInputError`, naming flag and file, for an empty name, for a file that it is made from (by whatever
 * path it is named), for a folder, and for a folder that is not there. Throws what the system says where writing is not allowed.
 */
export function requirePlace(flag: string, file: string, sources: readonly string[]): void {
  if (file.trim() === '') throw new BadInputError(`${flag}: got "${file}", the name of a file is needed`);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) {
    throw new BadInputError(`${flag} ${file}: is a folder; the name of a file is needed`, { file });
  }
  // What is made must not take the place of what it is made from.
  if (sources.some((source) => isSame(file, source))) {
    throw new BadInputError(`${flag} ${file}: is what it is made from; name another file`, { file });
  }
  const folder = path.dirname(throughLink(file));
  const missing = [path.dirname(file), folder].find((one) => !isFolder(one));
  if (missing !== undefined) {
    throw new BadInputError(
      `${flag} ${file}: there is no folder ${missing}; a file in a folder that exists is needed`,
      { file },
    );
  }
  accessSync(there === undefined ? folder : file, constants.W_OK);
}

const isFolder = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;

/** What a link to nothing yet points at, which is where a file is made that is written to; else the file itself. */
function throughLink(file: string): string {
  if (!isFolder(path.dirname(file)) || statSync(file, { throwIfNoEntry: false }) !== undefined) return file;
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? path.resolve(path.dirname(file), readlinkSync(file)) : file;
}
