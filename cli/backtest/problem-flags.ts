import type { Command } from 'commander';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import { DELAYS, parseDuration } from '../duration.ts';
import { PENALTIES, parseQuantity } from '../number.ts';
import type { Range } from '../range.ts';

/** The flags that state a problem on a load; what is not given is the group's policy's, or the default. */
export interface ProblemFlags {
  readonly boot?: string;
  readonly penalty?: string;
  readonly mean?: string;
  readonly lag?: string;
}

/** Units; groups are smaller, and a mean much below one leaves nothing to scale. */
export const MEANS: Range = { least: 0.1, most: 100_000 };

/** What holds for a file unless flags say otherwise. */
export const FILE_DEFAULTS = { bootSeconds: 300, penalty: 20, meanUnits: 20, lagSeconds: 0 } as const;

/** Adds the flags that state a problem. */
export const withProblemFlags = (command: Command): Command =>
  command
    .option('--boot <seconds>', 'from launch to ready; 300, or 5m; at most 4h (default: 300, or the group’s policy)')
    .option('--penalty <p>', 'price of one unit missing for one step, 0.001 to 1000000 (default: 20, or the policy)')
    .option('--mean <units>', 'mean need of the first half; it sizes a unit (default: 20, or the policy’s throughput)')
    .option('--lag <seconds>', 'how old the newest known load is; at most 4h (default: 0, or the policy’s delay)');

/** What the flags say, over what holds without them. Throws `BadInputError` naming flag, value and range. */
export function problemOptionsOf(flags: ProblemFlags, given: ProblemOptions): ProblemOptions {
  const { boot, penalty, mean, lag } = flags;
  const { unitThroughput, ...rest } = given;
  // A mean need that is asked for sizes the unit in place of the policy's throughput.
  const size =
    mean === undefined
      ? unitThroughput === undefined
        ? {}
        : { unitThroughput }
      : { meanUnits: parseQuantity(mean, '--mean', MEANS) };
  return {
    ...rest,
    ...size,
    ...(boot === undefined ? {} : { bootSeconds: parseDuration(boot, '--boot', DELAYS) }),
    ...(penalty === undefined ? {} : { penalty: parseQuantity(penalty, '--penalty', PENALTIES) }),
    ...(lag === undefined ? {} : { lagSeconds: parseDuration(lag, '--lag', DELAYS) }),
  };
}
