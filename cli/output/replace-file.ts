import { randomUUID } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemCodeOf } from '../exit.ts';

/**
 * Writes a file whole or not at all: beside its place and then into it, so that what was there stays where writing fails.
 * What cannot be replaced is written through: a symbolic link, a device or pipe such as /dev/stdout, another owner's file, one
 * in a folder that takes no other. A replaced file keeps its permissions. Throws what the system says where writing fails.
 */
export function replaceFile(file: string, text: string): void {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there !== undefined && !mayReplace(file, there)) {
    writeFileSync(file, text);
    return;
  }
  // A short name of its own, because the file's may be as long as a name can be.
  const fresh = path.join(path.dirname(file), `.prescale-${randomUUID()}`);
  const mode = there === undefined ? undefined : there.mode & 0o7777;
  try {
    writeFileSync(fresh, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    if (mode !== undefined) chmodSync(fresh, mode);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    if (there === undefined || !STAYS.has(systemCodeOf(error))) throw error;
    writeFileSync(file, text);
  }
}

/** What the system says of a file that may be written but not replaced: one that is mounted, one in a folder of another's. */
const STAYS: ReadonlySet<string | undefined> = new Set(['EBUSY', 'EPERM', 'EACCES', 'EXDEV']);

function mayReplace(file: string, there: Stats): boolean {
  // A new file would be the writer's own.
  if (!there.isFile() || there.uid !== process.getuid?.()) return false;
  try {
    accessSync(path.dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
