import { DAY, WEEK, WINDOW, type Window } from './window.ts';

/** Days whose load at the target's hour is a feature. */
const DAYS = 7;

/** What a window says whatever the horizon: levels, drifts, and how well each season repeats. */
const SHARED = 13;

/** Features of a row. */
export const FEATURES = 1 + 1 + DAYS + 9 + 3 + SHARED;

/** Half the day before and half the week before at the target's hour: what a tree forecasts is the difference from it. */
export function baseline({ values }: Window, horizon: number): number {
  return (values[last(horizon, DAY)]! + values[last(horizon, WEEK)]!) / 2;
}

/** Where in the window the newest step lies that is whole periods before step `horizon` after the window. */
const last = (horizon: number, period: number): number => WINDOW + horizon - 1 - period * Math.ceil(horizon / period);

/**
 * Writes the features of steps 1…`steps` after a window into rows `first`… of the columns. Loads at single hours are
 * told as differences from the baseline. Allocates nothing that lasts. O(steps · FEATURES + WINDOW).
 */
export function writeFeatures(
  window: Window,
  steps: number,
  to: { readonly columns: readonly Float64Array[]; readonly first: number },
): void {
  const shared = sharedFeatures(window.values);
  for (let h = 1; h <= steps; h++) {
    const row = to.first + h - 1;
    const base = baseline(window, h);
    let column = 0;
    const put = (value: number): void => {
      to.columns[column++]![row] = value;
    };
    put(h);
    put(base);
    putHours(window.values, { h, base, put });
    for (let k = 0; k < SHARED; k++) put(shared[k]!);
  }
}

interface Hour {
  readonly h: number;
  readonly base: number;
  readonly put: (value: number) => void;
}

function putHours(z: Float64Array, { h, base, put }: Hour): void {
  const day = last(h, DAY);
  const week = last(h, WEEK);
  const fortnight = Math.max(0, week - WEEK);
  /** A neighbour of the hour a period before; past the window's end its own day before. */
  const near = (at: number): number => z[at >= WINDOW ? at - DAY : Math.max(0, at)]!;
  let sum = 0;
  let squares = 0;
  for (let j = 0; j < DAYS; j++) {
    const value = z[Math.max(0, day - DAY * j)]!;
    sum += value;
    squares += value * value;
    put(value - base);
  }
  const mean = sum / DAYS;
  put(z[week]! - base);
  put(z[fortnight]! - base);
  put(near(day - 1) - z[day]!);
  put(near(day + 1) - z[day]!);
  put(near(week - 1) - z[week]!);
  put(near(week + 1) - z[week]!);
  put(near(fortnight - 1) - z[fortnight]!);
  put(near(fortnight + 1) - z[fortnight]!);
  put(z[Math.max(0, day - WEEK)]! - base);
  put(mean - base);
  put(Math.sqrt(Math.max(0, squares / DAYS - mean * mean)));
  put(z[WINDOW - 1]! - base);
}

/** Levels and errors that all horizons of a window share. */
function sharedFeatures(z: Float64Array): Float64Array {
  const level = (from: number, hours: number): number => {
    let sum = 0;
    for (let i = 0; i < hours; i++) sum += z[from + i]!;
    return sum / hours;
  };
  const repeat = (lag: number, hours: number, of: (difference: number) => number): number => {
    let sum = 0;
    for (let i = WINDOW - hours; i < WINDOW; i++) sum += of(z[i]! - z[i - lag]!);
    return sum / hours;
  };
  const signed = (difference: number): number => difference;
  return Float64Array.of(
    level(WINDOW - DAY, DAY),
    repeat(DAY, DAY, signed),
    repeat(WEEK, DAY, signed),
    repeat(WEEK, WEEK, signed),
    repeat(DAY, 3, signed),
    repeat(WEEK, 3, signed),
    repeat(DAY, 1, signed),
    repeat(WEEK, 1, signed),
    z[WINDOW - 1]!,
    z[WINDOW - 1]! - z[WINDOW - 2]!,
    repeat(DAY, WEEK, Math.abs),
    repeat(WEEK, WEEK, Math.abs),
    repeat(1, WEEK, Math.abs),
  );
}
