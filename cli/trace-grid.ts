import { mean } from '../models/kernel/statistics.ts';

/** The rows of a trace in file order, as columns of one length. */
export interface TraceRows {
  /** Stamps; they never fall. */
  readonly ms: Float64Array;
  /** NaN where the cell is empty. */
  readonly values: Float64Array;
  /** Where in the file each row stood. */
  readonly records: Int32Array;
}

/** Rows on a regular grid; NaN where there was no row or an empty cell. Leading and trailing blanks are cut. */
export interface Grid {
  readonly startMs: number;
  readonly stepMs: number;
  readonly values: Float64Array;
  /** Rows that lay between the steps and were taken to the nearest one; 0 where such rows are refused. */
  readonly moved: number;
}

/** What becomes of a row that lies between the steps of the grid. */
export type OffGrid = 'refuse' | 'nearest';

/** Why rows do not lie on one grid. `record` is where it shows. */
export type GridFault =
  | { readonly kind: 'one-stamp' }
  | { readonly kind: 'nothing-observed' }
  | { readonly kind: 'off-grid'; readonly record: number; readonly offMs: number; readonly stepMs: number }
  | { readonly kind: 'two-steps'; readonly record: number; readonly stepMs: number; readonly otherMs: number }
  | { readonly kind: 'too-wide'; readonly steps: number; readonly stepMs: number };

/** A stamp may miss its place by this share of a step: rounding of written seconds, not another rhythm. */
const TOLERANCE = 0.01;

/** By this share of a step a gap differs from what floating point makes of whole steps. */
const DRIFT = 1e-6;

/** Equal gaps in a row that are no accident: the file has changed its step. */
const REPEATS = 8;

/** Half a year of seconds; what is wider is a wrong stamp. */
const MOST_STEPS = 20_000_000;

/** How many rows the row after them repeats. */
export function duplicatesIn({ ms }: TraceRows): number {
  let count = 0;
  for (let i = 1; i < ms.length; i++) if (ms[i] === ms[i - 1]) count++;
  return count;
}

/**
 * Puts rows on a grid whose step is the usual difference of their unique stamps; of equal stamps the last row wins. Rows
 * between the steps are refused, or taken to the nearest one, where rows that meet count with their mean.
 * Cost: O(n log n).
 */
export function gridOf(rows: TraceRows, between: OffGrid = 'refuse'): Grid | GridFault {
  const unique = lastOfEach(rows);
  if (unique.ms.length < 2) return { kind: 'one-stamp' };
  const gaps = unique.ms.subarray(1).map((stamp, i) => stamp - unique.ms[i]!);
  const stepMs = usualGap(gaps);
  const changed = changedStep(unique, gaps, stepMs);
  if (changed !== undefined) return changed;
  if (between === 'nearest') return fill(...toNearest(unique, stepMs), stepMs);
  return offGrid(unique, stepMs) ?? fill(unique, 0, stepMs);
}

/** The rows at the nearest steps, counted from the first, and how many had to be moved for it. */
function toNearest({ ms, values, records }: TraceRows, stepMs: number): readonly [TraceRows, number] {
  const start = ms[0]!;
  const places = ms.map((stamp) => Math.round((stamp - start) / stepMs));
  const moved = ms.filter((stamp, i) => Math.abs(stamp - start - places[i]! * stepMs) > TOLERANCE * stepMs).length;
  const firsts = Array.from(places.keys()).filter((i) => places[i] !== places[i - 1]);
  const means = firsts.map((first, k) => mean(values.subarray(first, firsts[k + 1]).filter((v) => !Number.isNaN(v))));
  const at = {
    ms: Float64Array.from(firsts, (i) => start + places[i]! * stepMs),
    values: Float64Array.from(means),
    records: Int32Array.from(firsts, (i) => records[i]!),
  };
  return [at, moved];
}

/** The median; where it falls between two rhythms the finer of them, which is one that the file really has. */
function usualGap(gaps: Float64Array): number {
  const sorted = gaps.toSorted();
  const lower = sorted[(sorted.length - 1) >> 1]!;
  const upper = sorted[sorted.length >> 1]!;
  return upper > 1.5 * lower ? lower : (lower + upper) / 2;
}

function lastOfEach(rows: TraceRows): TraceRows {
  if (duplicatesIn(rows) === 0) return rows;
  const last = (_: number, i: number): boolean => rows.ms[i] !== rows.ms[i + 1];
  return { ms: rows.ms.filter(last), values: rows.values.filter(last), records: rows.records.filter(last) };
}

/** How far a number of steps is from a whole one. */
const astray = (steps: number): number => Math.abs(steps - Math.round(steps));

function offGrid({ ms, records }: TraceRows, stepMs: number): GridFault | undefined {
  const start = ms[0]!;
  const shows = ms.findIndex((stamp) => astray((stamp - start) / stepMs) > TOLERANCE);
  if (shows === -1) return undefined;
  // A rhythm that differs by little goes astray some rows before it shows.
  let row = shows;
  while (row > 1 && astray((ms[row - 1]! - ms[row - 2]!) / stepMs) > DRIFT) row--;
  const place = (ms[row]! - start) / stepMs;
  return { kind: 'off-grid', record: records[row]!, offMs: ms[row]! - start - Math.floor(place) * stepMs, stepMs };
}

function changedStep({ records }: TraceRows, gaps: Float64Array, stepMs: number): GridFault | undefined {
  const sizes = gaps.map((gap) => Math.round(gap / stepMs));
  let repeats = 0;
  for (let i = 0; i < sizes.length; i++) {
    const wide = sizes[i]! > 1;
    repeats = wide && sizes[i] === sizes[i - 1] ? repeats + 1 : Number(wide);
    if (repeats < REPEATS) continue;
    // Blanks within the other rhythm are a part of it.
    let first = i + 1 - REPEATS;
    while (first > 0 && sizes[first - 1]! > 1 && sizes[first - 1]! % sizes[i]! === 0) first--;
    return { kind: 'two-steps', record: records[first + 1]!, stepMs, otherMs: gaps[i + 1 - REPEATS]! };
  }
  return undefined;
}

function fill({ ms, values: observed }: TraceRows, moved: number, stepMs: number): Grid | GridFault {
  const first = observed.findIndex((v) => !Number.isNaN(v));
  if (first === -1) return { kind: 'nothing-observed' };
  const last = observed.findLastIndex((v) => !Number.isNaN(v));
  const startMs = ms[first]!;
  const placeOf = (i: number): number => Math.round((ms[i]! - startMs) / stepMs);
  const steps = placeOf(last) + 1;
  if (steps > MOST_STEPS) return { kind: 'too-wide', steps, stepMs };
  const values = new Float64Array(steps).fill(Number.NaN);
  for (let i = first; i <= last; i++) values[placeOf(i)] = observed[i]!;
  return { startMs, stepMs, values, moved };
}
