import type { EventWindow } from '../calendar/event.ts';
import { shareOf } from '../calendar/event-factor.ts';
import type { Series } from '../kernel/series.ts';

/** A season as sines and cosines: its length in steps, and how many pairs. */
export interface Wave {
  readonly period: number;
  readonly pairs: number;
}

/** Something that moves the load at known times, in the past and ahead: a holiday, a sale. */
export interface KnownTimes {
  readonly name: string;
  /** Ascending. */
  readonly windows: readonly EventWindow[];
}

/**
 * Sines and cosines of the seasons, a pair after the other; `length` values each, angle 0 at the first step.
 * O(length · pairs). Source: Fourier terms, Hyndman & Athanasopoulos, FPP3 §7.4.
 */
export function waveColumns(waves: readonly Wave[], length: number): readonly Float64Array[] {
  const column = (period: number, k: number, of: (angle: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, i) => of((2 * Math.PI * k * i) / period));
  return waves.flatMap(({ period, pairs }) =>
    Array.from({ length: pairs }, (_, k) => [column(period, k + 1, Math.sin), column(period, k + 1, Math.cos)]).flat(),
  );
}

/**
 * For each kind of known times the share of every step that it covers, over a grid and `length` steps from its start. Those
 * that cover nothing of the grid's own steps are left out: nothing can be learned of them. O(length · windows).
 */
export const knownColumns = (
  known: readonly KnownTimes[],
  { startMs, stepMs, values }: Series,
  length: number,
): readonly Float64Array[] =>
  known
    .map(({ windows }) =>
      Float64Array.from({ length }, (_, i) => shareOf(windows, startMs + i * stepMs, startMs + (i + 1) * stepMs)),
    )
    .filter((column) => column.subarray(0, values.length).some((share) => share > 0));

/** Columns added up, each times its weight. O(columns · steps). */
export function weightedColumns(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, j) => {
    for (let i = 0; i < sum.length; i++) sum[i]! += weights[j]! * column[i]!;
  });
  return sum;
}
