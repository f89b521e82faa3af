import type { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type Changes, parseChange, parseChanges, sayChanges } from './changes.ts';

/** The flags that say what is different from the base, and what the base is. */
export interface ChangeFlags {
  readonly load?: string;
  readonly boot?: string;
  readonly penalty?: string;
  readonly lag?: string;
  readonly whatIf?: readonly string[];
  readonly base?: string;
  readonly mean?: string;
}

/** What a base may say of itself; the size of a unit has a flag of its own. */
const BASE_KEYS = ['boot', 'penalty', 'lag'];

/** Adds the flags that say what is different. */
export const withChangeFlags = (command: Command): Command =>
  command
    .option('--load <factor>', 'the load, its past included, times this: x1.5; a unit stays as large as it is')
    .option('--boot <seconds>', 'another time from launch to ready: 600, or 10m; at most 4h')
    .option('--penalty <p>', 'another price of one unit missing for one step, 0.001 to 1000000')
    .option('--lag <seconds>', 'another age of the newest known load: 120, or 2m; at most 4h')
    .option(
      '--what-if <changes>',
      'one more case, its changes separated by commas: load=1.5,boot=10m; may be repeated; also spread=0.5 (σ of ' +
        'lognormal boots), granted=0.8 (share of launches), billed=60 (least seconds)',
      (given: string, before?: readonly string[]) => [...(before ?? []), given],
    )
    .option('--base <settings>', 'what is compared with: boot=2m,penalty=50,lag=60 (default: as backtest has them)')
    .option('--mean <units>', 'mean need of the first half; it sizes a unit (default: 20, or the policy’s throughput)');

/**
 * The cases that the flags ask for: the single flags together are one, each --what-if is another; of equal ones the first
 * stays. Throws `BadInputError` when there is none or a value is out of its range.
 */
export function whatIfsOf(flags: ChangeFlags): readonly Changes[] {
  const single: Changes = {
    ...changeOf(flags.load, 'load'),
    ...changeOf(flags.boot, 'boot'),
    ...changeOf(flags.penalty, 'penalty'),
    ...changeOf(flags.lag, 'lag'),
  };
  const listed = (flags.whatIf ?? []).map((list) => parseChanges(list, '--what-if'));
  const cases = [...(Object.keys(single).length === 0 ? [] : [single]), ...listed];
  if (cases.length === 0) {
    throw new BadInputError(
      'nothing is different: --load, --boot, --penalty, --lag or --what-if is needed; `prescale backtest` prices the load as it was',
    );
  }
  return cases.filter((one, i) => cases.findIndex((other) => sayChanges(other) === sayChanges(one)) === i);
}

const changeOf = (text: string | undefined, key: string): Changes =>
  text === undefined ? {} : parseChange(key, text, `--${key}`);

/** What --base says; nothing unless it is given. Throws `BadInputError`. */
export const baseOf = ({ base }: ChangeFlags): Changes =>
  base === undefined ? {} : parseChanges(base, '--base', BASE_KEYS);
