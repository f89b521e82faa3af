import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { BadInputError } from '../../models/kernel/errors.ts';
import { isSame } from '../same-file.ts';
import type { Terminal } from '../terminal.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Checks, before work that takes long, that a page can go where a flag says; an existing file is fine, it is replaced.
 * Throws `BadInputError`, naming flag and file, for an empty name, for a file that the page is made from (by whatever
 * path it is named), for a folder, and for a folder that is not there. Throws what the system says where writing is not allowed.
 */
export function requirePlace(flag: string, file: string, sources: readonly string[]): void {
  if (file.trim() === '') throw new BadInputError(`${flag}: got "${file}", the name of a file is needed`);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) {
    throw new BadInputError(`${flag} ${file}: is a folder; the name of a file is needed`, { file });
  }
  // The page must not take the place of what it is made from.
  if (sources.some((source) => isSame(file, source))) {
    throw new BadInputError(`${flag} ${file}: is what the page is made from; name another file`, { file });
  }
  const folder = path.dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new BadInputError(`${flag} ${file}: there is no folder ${folder}; a file in a folder that exists is needed`, {
      file,
    });
  }
  accessSync(there === undefined ? folder : file, constants.W_OK);
}

/** Writes a page, in place of an existing file (`replaceFile`), and says so beside the answer. Throws what the system says where that fails. */
export function writePage(file: string, page: string, terminal: Pick<Terminal, 'note'>): void {
  replaceFile(file, page);
  terminal.note(`${file}: the page about it`);
}

/** Says that no page was written; a file that is there stays as it was. */
export const notePageLeft = (file: string, reason: string, terminal: Pick<Terminal, 'note'>): void =>
  terminal.note(`${file}: not written, ${reason}`);
