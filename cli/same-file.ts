import { statSync } from 'node:fs';
import path from 'node:path';

/** Whether two paths name one file, by a detour, a link or a second name too; one that is not there is only its own path. */
export function isSame(file: string, other: string): boolean {
  if (path.resolve(file) === path.resolve(other)) return true;
  const [a, b] = [file, other].map((one) => statSync(one, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}
