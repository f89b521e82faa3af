import type { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
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
  readonly p99?: string;
  readonly service?: string;
}

/** Units; groups are smaller, and a mean much below one leaves nothing to scale. */
export const MEANS: Range = { least: 0.1, most: 100_000 };

/** What holds for a file unless flags say otherwise. */
export const FILE_DEFAULTS = { bootSeconds: 300, penalty: 20, meanUnits: 20, lagSeconds: 0 } as const;

/** The same for a group of which nothing is read yet: its policy may know all that a flag can leave out. */
export const GROUP_DEFAULTS: ProblemOptions = {
  ...FILE_DEFAULTS,
  delay: { quantile: 0.99, over: 'response', seconds: 10, serviceSeconds: 1, serviceVariation: 1 },
};

/** Adds the flags that state a problem. */
export const withProblemFlags = (command: Command): Command =>
  command
    .option('--boot <seconds>', 'from launch to ready; 300, or 5m; at most 4h (default: 300, or the group’s policy)')
    .option('--penalty <p>', 'price of one unit missing for one step, 0.001 to 1000000 (default: 20, or the policy)')
    .option(
      '--mean <units>',
      'mean need of the first half at 80 % use; it sizes a unit (default: 20, or the policy’s throughput)',
    )
    .option('--lag <seconds>', 'how old the newest known load is; at most 4h (default: 0, or the policy’s delay)')
    .option(
      '--p99 <seconds>',
      'short is then a unit where 1 request in 100 takes longer (instead of: above 80 % of its use)',
    )
    .option(
      '--service <seconds>',
      'with --p99: mean time that a unit spends on one request; times are taken as exponential',
    );

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
    ...delayOf(flags, given.delay),
  };
}

/** A policy's objective may not allow more; seconds. */
const RESPONSES: Range = { least: 0.001, most: 3600 };

/** Exponential service: where nothing is known of how requests differ. */
const SERVICE_VARIATION = 1;

function delayOf({ p99, service }: ProblemFlags, known: ProblemOptions['delay']): Pick<ProblemOptions, 'delay'> {
  if (p99 === undefined && service === undefined) return {};
  const seconds = p99 === undefined ? undefined : parseDuration(p99, '--p99', RESPONSES);
  const serviceSeconds = service === undefined ? known?.serviceSeconds : parseDuration(service, '--service', RESPONSES);
  if (serviceSeconds === undefined)
    throw new BadInputError('--p99: needs the service time too; name it with --service');
  const serviceVariation = known?.serviceVariation ?? SERVICE_VARIATION;
  if (seconds !== undefined) {
    return { delay: { quantile: 0.99, over: 'response', seconds, serviceSeconds, serviceVariation } };
  }
  if (known === undefined) throw new BadInputError('--service: says nothing without --p99; name both');
  return { delay: { ...known, serviceSeconds } };
}
