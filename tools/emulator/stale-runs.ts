import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * Removes what a crashed machine left in `folder` (made where it is missing): entries that begin with `prefix` and the id of
 * a process, where that process is gone. Other entries with the prefix go too.
 */
export const removeStaleRuns = (folder: string, prefix = ''): void => {
  mkdirSync(folder, { recursive: true });
  const stale = readdirSync(folder).filter(
    (name) => name.startsWith(prefix) && !isRunning(Number.parseInt(name.slice(prefix.length), 10)),
  );
  for (const name of stale) rmSync(join(folder, name), { recursive: true, force: true });
};
