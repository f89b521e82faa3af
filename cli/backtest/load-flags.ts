import type { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type AwsOptions, openController, withAwsOptions } from '../aws-options.ts';
import type { Range } from '../range.ts';
import type { Shell } from '../shell.ts';
import { parseWhole } from '../whole-number.ts';
import { loadFromGroup } from './group-load.ts';
import { type LoadSource, loadFromFile } from './load-source.ts';

/** The flags that say which load is replayed. */
export interface LoadFlags extends AwsOptions {
  readonly trace?: string;
  readonly column?: string;
  readonly group?: string;
  readonly days?: string;
}

/** What a policy's history may reach back, and CloudWatch keeps. */
const DAYS: Range = { least: 2, most: 63 };

/** Adds the flags that say which load is replayed. */
export const withLoadFlags = (command: Command, traces: string): Command =>
  withAwsOptions(
    command
      .option('--trace <file>', traces)
      .option('--column <name>', 'column of the load in the file (default: the second)')
      .option('--group <name>', 'instead of a file: the load of this group’s policy metric, from the controller’s AWS')
      .option('--days <n>', 'with --group: how many days are read, 2 to 63 (default: the policy’s history)'),
  );

/** Throws `BadInputError` unless exactly one load is named, and nothing that does not belong to it. */
export function requireOneLoad({ trace, group, column, days }: LoadFlags): void {
  if ((trace === undefined) === (group === undefined)) {
    const given = trace === undefined ? 'neither is given' : 'both are given';
    throw new BadInputError(`--trace FILE or --group NAME is needed, one of the two: ${given}`);
  }
  for (const [flag, named] of Object.entries({ '--trace': trace, '--group': group })) {
    if (named?.trim() === '') throw new BadInputError(`${flag}: got "${named}", a name is needed`);
  }
  if (group !== undefined && column !== undefined)
    throw new BadInputError('--column belongs to --trace, not to --group');
  if (group === undefined && days !== undefined) throw new BadInputError('--days belongs to --group, not to --trace');
}

/** Reads the load that the flags name. Throws `BadInputError` when it cannot be read or is no load. */
export async function loadOf(flags: LoadFlags, shell: Shell): Promise<LoadSource> {
  requireOneLoad(flags);
  const { trace, group, column } = flags;
  if (trace !== undefined) return loadFromFile(trace, column);
  const days = flags.days === undefined ? undefined : parseWhole(flags.days, '--days', DAYS);
  const { ports } = await openController(shell, flags);
  shell.terminal.progress('reading the load …');
  return loadFromGroup(group ?? '', days, ports);
}
