import type { Command } from 'commander';
import type { LedgerRecord } from '../loop/ports.ts';
import { BadInputError } from '../models/kernel/errors.ts';
import type { EpochMs } from '../models/kernel/series.ts';
import { type AwsOptions, openController, withAwsOptions } from './aws-options.ts';
import { groupNamed } from './group-lookup.ts';
import { parseMoment } from './moment.ts';
import { recordFromFile, recordFromLedger } from './record-source.ts';
import type { Controller, Shell } from './shell.ts';

/** Flags by which one tick of one group is found. */
export interface TickOptions extends AwsOptions {
  readonly group?: string;
  readonly at: string;
  readonly ledger?: string;
  readonly json?: boolean;
}

/** Adds the flags that `findTick` reads. */
export const withTickOptions = (command: Command): Command =>
  withAwsOptions(command)
    .option('--group <name>', 'the Auto Scaling group (not needed when --ledger holds only one)')
    .option('--at <time>', 'ISO-8601 time, the tick at or before it counts; or "latest"', 'latest')
    .option('--ledger <file>', 'an exported ledger, one JSON record a line, instead of the one in AWS')
    .option('--json', 'JSON alone on standard output');

/** The tick that the flags name, and the controller where it came from there. Throws `BadInputError` when there is none. */
export async function findTick(
  { group, at, ledger, region, prefix }: TickOptions,
  shell: Shell,
): Promise<{ readonly record: LedgerRecord; readonly controller: Controller | undefined }> {
  const moment: EpochMs | undefined = at === 'latest' ? undefined : parseMoment(at, '--at');
  if (ledger !== undefined) return { record: recordFromFile(ledger, { group, at: moment }), controller: undefined };
  if (group === undefined) throw new BadInputError('--group NAME is needed, or --ledger FILE');
  const controller = await openController(shell, {
    ...(region === undefined ? {} : { region }),
    ...(prefix === undefined ? {} : { prefix }),
  });
  const id = await groupNamed(group, controller.ports);
  return { record: await recordFromLedger(id, moment, controller.ports), controller };
}
