import { InvariantError } from '../../kernel/errors.ts';
import type { Replay } from '../scaling-problem.ts';
import { sizesRefusal } from './aws-refusals.ts';
import type { Availability, GroupScenario, LifecycleHook } from './scenario.ts';

/** Refuses what one group may not be beside the first. */
export function checkedGroup(
  first: Replay,
  { name, replay, metrics = {}, schedules = [], pools }: GroupScenario,
): void {
  for (const fact of ['stepSeconds', 'scoreFrom', 'scoreTo'] as const) {
    if (replay[fact] === first[fact]) continue;
    throw new InvariantError(
      `group ${name} has ${fact} ${replay[fact]}, the first group ${first[fact]}; needs the same`,
    );
  }
  for (const fact of ['lateShare', 'missingShare', 'partialShare', 'duplicatedShare'] as const)
    share(fact, metrics[fact]);
  if (pools?.length === 0) throw new InvariantError(`group ${name} needs at least one pool`);
  for (const { availability } of pools ?? []) if (availability !== undefined) checkedAvailability(availability);
  for (const { everyMs } of schedules) {
    if (everyMs !== undefined && !(everyMs > 0))
      throw new InvariantError(`a schedule repeats after > 0 ms, got ${everyMs}`);
  }
}

/** Sizes at the start. Throws `InvariantError` when they contradict one another. */
export function firstSizes({ name, replay, min = 0, max = Number.MAX_SAFE_INTEGER, initialReady }: GroupScenario) {
  const need = replay.need[replay.scoreFrom]!;
  const sizes = { min, max, desired: initialReady ?? Math.max(min, Math.min(max, need)) };
  const refusal = sizesRefusal(sizes);
  if (refusal !== null || !Number.isInteger(sizes.desired)) {
    throw new InvariantError(`group ${name}: ${refusal?.message ?? `needs whole units, got ${sizes.desired}`}`);
  }
  return sizes;
}

/** A hook that waits at all. */
export function checkedHook(hook: LifecycleHook | undefined): LifecycleHook | undefined {
  if (hook !== undefined) amount('seconds of a lifecycle hook', hook.seconds);
  return hook !== undefined && hook.seconds > 0 ? hook : undefined;
}

/** A step in whole milliseconds. */
export function wholeStepMs(stepSeconds: number): number {
  const ms = Math.round(stepSeconds * 1000);
  if (ms >= 1) return ms;
  throw new InvariantError(`an environment needs steps of a millisecond or more, got ${stepSeconds} s`);
}

/** A number ≥ 0. */
export function amount(what: string, given: number): number {
  if (given >= 0) return given;
  throw new InvariantError(`${what} must be ≥ 0, got ${given}`);
}

/** Refuses what is no share. */
export function share(what: string, given = 0): void {
  if (!(given >= 0 && given <= 1)) throw new InvariantError(`${what} must be in [0, 1], got ${given}`);
}

function checkedAvailability({ atMs, granted }: Availability): void {
  if (atMs.length !== granted.length) {
    throw new InvariantError(
      `availability has ${atMs.length} change points and ${granted.length} values; needs as many`,
    );
  }
  for (const [i, value] of granted.entries()) {
    share('availability', Number(value));
    if (i > 0 && !(atMs[i]! > atMs[i - 1]!)) {
      throw new InvariantError(`change points of availability must ascend, got ${atMs[i]} after ${atMs[i - 1]}`);
    }
  }
}
