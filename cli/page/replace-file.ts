import { randomUUID } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a file whole or not at all: beside its place and then into it, so that what was there stays where writing fails.
 * What cannot be replaced is written through: a link, a device or pipe such as /dev/stdout, a file in a folder that takes
 * no other. A replaced file keeps its permissions. Throws what the system says where writing fails.
 */
export function replaceFile(file: string, text: string): void {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there !== undefined && !mayReplace(file, there)) {
    writeFileSync(file, text);
    return;
  }
  // A short name of its own, because the file's may be as long as a name can be.
  const fresh = path.join(path.dirname(file), `.prescale-${randomUUID()}`);
  try {
    writeFileSync(fresh, text, { flag: 'wx' });
    if (there !== undefined) chmodSync(fresh, there.mode & 0o7777);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function mayReplace(file: string, there: Stats): boolean {
  if (!there.isFile()) return false;
  try {
    accessSync(path.dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
