import type { Command } from 'commander';
import type { Range } from '../range.ts';
import { parseWhole } from '../whole-number.ts';

/** The flags that say what is replayed on a load, and how wide. */
export interface WorkerFlags {
  readonly policies: string;
  readonly workers?: string;
}

/** More threads than any machine has cores are a typing error. */
const WORKERS: Range = { least: 1, most: 1024 };

/** Adds the flags that say what is replayed, and how wide; without the flag those policies are. */
export const withWorkerFlags = (command: Command, policies = 'all'): Command =>
  command
    .option('--policies <list>', 'all, or names separated by commas', policies)
    .option('--workers <n>', 'threads that replay beside each other; the results are the same (default: one a core)');

/** How many threads the flag asks for; undefined when that is left to the work. Throws `BadInputError`. */
export const parseWorkers = ({ workers }: WorkerFlags): number | undefined =>
  workers === undefined ? undefined : parseWhole(workers, '--workers', WORKERS);
