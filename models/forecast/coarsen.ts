import { type Series, slice } from '../kernel/series.ts';

/** Models are fitted on steps of at least this: finer ones add noise and cost, not season. */
const LEAST_FIT_STEP_MS = 300_000;

/** The grid that a history is brought to. */
export interface CoarseTerms {
  readonly mostSteps: number;
  /** Least length of a step; five minutes where nothing is said. */
  readonly leastStepMs?: number;
}

/** A series on a coarser grid, and how many fine steps one coarse step spans. */
export interface Coarse {
  readonly series: Series;
  readonly factor: number;
}

/**
 * Means over whole coarse steps that end where the series ends; at most the newest `mostSteps` of them. A series that is
 * coarse enough already comes back as it is. O(n).
 */
export function coarsen(history: Series, { mostSteps, leastStepMs = LEAST_FIT_STEP_MS }: CoarseTerms): Coarse {
  const factor = factorOf(history.stepMs, leastStepMs);
  const steps = Math.min(mostSteps, Math.floor(history.values.length / factor));
  const used = slice(history, history.values.length - steps * factor);
  if (factor === 1) return { series: used, factor };
  const values = Float64Array.from({ length: steps }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < factor; k++) sum += used.values[i * factor + k]!;
    return sum / factor;
  });
  return { series: { startMs: used.startMs, stepMs: history.stepMs * factor, values }, factor };
}

const DAY_MS = 86_400_000;

/**
 * Fine steps of a coarse one: the fewest that are long enough and of which a day is a whole number, so that no season slips;
 * where none below twice the length is that, those of five minutes.
 */
function factorOf(stepMs: number, leastStepMs: number): number {
  const least = Math.max(1, Math.ceil(leastStepMs / stepMs));
  for (let factor = least; factor * stepMs < 2 * leastStepMs; factor++)
    if (Number.isInteger(DAY_MS / (factor * stepMs))) return factor;
  return Math.max(1, Math.ceil(LEAST_FIT_STEP_MS / stepMs));
}

/**
 * A coarse path on the fine grid: linear between the middles of the coarse steps, level before the first and after the
 * last middle. `horizon` fine steps; needs ⌈horizon / factor⌉ coarse ones. O(horizon).
 */
export function refine(coarse: ArrayLike<number>, factor: number, horizon: number): Float64Array {
  if (factor === 1) return Float64Array.from({ length: horizon }, (_, i) => coarse[i]!);
  const last = coarse.length - 1;
  return Float64Array.from({ length: horizon }, (_, i) => {
    const position = Math.min(Math.max((i + 0.5) / factor - 0.5, 0), last);
    const below = Math.floor(position);
    const high = coarse[Math.min(below + 1, last)]!;
    return coarse[below]! + (position - below) * (high - coarse[below]!);
  });
}
