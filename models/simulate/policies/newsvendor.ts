import { knownLoad } from '../known-load.ts';
import type { Decide, PolicyPast, ScalingPolicy } from '../policy.ts';
import { trailOf } from '../run.ts';
import { replayOf } from '../scaling-problem.ts';
import { priceOf } from '../score.ts';
import { nearestSteps } from '../steps.ts';
import { type Levels, newsvendorLevels } from './newsvendor-levels.ts';

const SMOOTHING_MINUTES = [1, 5, 10, 20, 40] as const;
const HOLD_MINUTES = [3, 5, 10, 20] as const;

/** How long the forecast looks back and for how long a level is kept once it was wanted; steps, ≥ 1. */
export interface NewsvendorSetting {
  readonly smoothing: number;
  readonly hold: number;
}

/**
 * Newsvendor and hold: the largest newsvendor level of the last steps, so that the fleet rises at once and falls late.
 * Look-back, then hold, are those that would have been cheapest in the second half of the past, where `tuned-reactive` is
 * tuned too: the look-back without a hold, the hold with that look-back; of equals the first.
 * Cost: 9 replays of half the past; O(window of errors + hold) a step.
 * Source: docs/evaluation.md §2.4; the levels: `newsvendorLevels`.
 */
export const newsvendor: ScalingPolicy = {
  name: 'newsvendor',
  start(past) {
    const { smoothing, hold } = tuneNewsvendor(past);
    return decideBy(newsvendorLevels(past, smoothing), hold);
  },
};

/** The setting that `newsvendor` takes on a past of at least one step. */
export function tuneNewsvendor(past: PolicyPast): NewsvendorSetting {
  const steps = past.need.length;
  const practice = replayOf(past, Math.floor(steps / 2), steps);
  const priceWith = (levels: Levels, hold: number): number =>
    priceOf(practice, trailOf(practice, { name: 'held', start: () => decideBy(levels, hold) })).J;

  let best = { smoothing: 1, levels: newsvendorLevels(past, 1), J: Number.POSITIVE_INFINITY };
  for (const smoothing of memories(SMOOTHING_MINUTES, past.stepSeconds)) {
    // Read once for all holds: a level depends on no step after its own.
    const levels = newsvendorLevels(past, smoothing);
    levels.read(knownLoad(past, steps - 1));
    const J = priceWith(levels, 1);
    if (J < best.J) best = { smoothing, levels, J };
  }
  let held = { hold: 1, J: best.J };
  for (const hold of memories(HOLD_MINUTES, past.stepSeconds)) {
    const J = priceWith(best.levels, hold);
    if (J < held.J) held = { hold, J };
  }
  return { smoothing: best.smoothing, hold: held.hold };
}

/** Minutes as steps; on coarse grids several are one, tried once. */
const memories = (minutes: readonly number[], stepSeconds: number): readonly number[] => [
  ...new Set(minutes.map((m) => nearestSteps(60 * m, stepSeconds))),
];

const decideBy =
  (levels: Levels, hold: number): Decide =>
  ({ known, history }) => {
    levels.read(history);
    let capacity = 1;
    for (let step = Math.max(0, known - hold + 1); step <= known; step++) {
      capacity = Math.max(capacity, levels.at(step));
    }
    return { kind: 'desire', capacity };
  };
