import type { Series } from '../kernel/series.ts';
import { hampelOutliers } from './hampel.ts';
import { seasonalOutliers } from './seasonal-outliers.ts';

/** What was taken out of a history before it was learned from. */
export interface Repaired {
  readonly series: Series;
  /** 1 where a value was replaced. */
  readonly replaced: Uint8Array;
  readonly count: number;
}

export interface RepairOptions {
  /**
   * Spreads at which a value is an outlier.
   * @default 6
   */
  readonly threshold?: number;
  /**
   * Neighbours on each side for the Hampel identifier.
   * @default 5
   */
  readonly halfWidth?: number;
  /**
   * Longest run that is an outlier rather than a load; steps.
   * @default 3
   */
  readonly mostRun?: number;
}

/** More outliers than this share are the shape of the load. */
const MOST_SHARE = 0.02;

const DAY_MS = 86_400_000;

/**
 * A history for training with its outliers replaced by the line between their neighbours. An outlier is one to its
 * neighbours (Hampel) and to its time of day both, comes alone or in a run of at most `mostRun`, and is rare: where more
 * than 2 % would be, nothing is. Infinities are always replaced; a series without two finite values stays as it is.
 * For training alone: what is decided on, and the reactive floor, see the load as it came. O(n log n).
 */
export function repairForTraining(series: Series, options: RepairOptions = {}): Repaired {
  const { threshold = 6, halfWidth = 5, mostRun = 3 } = options;
  const { values } = series;
  const near = hampelOutliers(values, { halfWidth, threshold });
  const daily = Math.round(DAY_MS / series.stepMs);
  const seasonal = values.length >= 3 * daily ? seasonalOutliers(values, { period: daily, threshold }) : near;
  const both = shortRuns(
    near.map((flag, i) => flag & seasonal[i]!),
    mostRun,
  );
  const believed = sum(both) <= MOST_SHARE * values.length ? both : new Uint8Array(values.length);
  const replaced = believed.map((flag, i) => flag | (Math.abs(values[i]!) === Number.POSITIVE_INFINITY ? 1 : 0));
  return { series: { ...series, values: bridged(values, replaced) }, replaced, count: sum(replaced) };
}

function sum(flags: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < flags.length; i++) total += flags[i]!;
  return total;
}

function shortRuns(flags: Uint8Array, most: number): Uint8Array {
  const kept = flags.slice();
  for (let from = 0, to = 0; from < flags.length; from = to + 1) {
    for (to = from; flags[to] === 1; ) to++;
    if (to - from > most) kept.fill(0, from, to);
  }
  return kept;
}

/** Values between their finite neighbours on the straight line, at the ends level; the input is untouched. O(n). */
function bridged(values: Float64Array, replaced: Uint8Array): Float64Array {
  const out = values.slice();
  let before = -1;
  for (let i = 0; i <= values.length; i++) {
    const known = i < values.length && replaced[i] === 0 && !Number.isNaN(values[i]!);
    if (!known && i < values.length) continue;
    for (let k = before + 1; k < i; k++) {
      if (replaced[k] === 1) out[k] = between(values, { before, after: i, at: k });
    }
    before = i;
  }
  return out;
}

function between(values: Float64Array, { before, after, at }: { before: number; after: number; at: number }): number {
  const left = values[before];
  const right = values[after];
  if (left === undefined) return right ?? Number.NaN;
  if (right === undefined) return left;
  const share = (at - before) / (after - before);
  return left * (1 - share) + right * share;
}
