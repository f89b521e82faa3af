import { instant, type Series } from '../../kernel/series.ts';

const HOUR_MS = 3_600_000;

/** Hours after which a load is expected to repeat; the scale of MASE is taken at this lag. */
export const DAY_HOURS = 24;

/** One history of a contest and what came after it. */
export interface HourlySeries {
  readonly name: string;
  /** Finite, an hour apart, at least one. */
  readonly history: Float64Array;
  /** The hours after the history; NaN where nobody observed. Empty when the series is only learned from. */
  readonly actual: Float64Array;
}

/** Hourly values as forecasters take them. The clock they start at is nominal: no model here reads it. */
export const hourly = (values: Float64Array): Series => ({ startMs: instant(0), stepMs: HOUR_MS, values });

/** The same contest as many hours earlier: the last `hours` of each history are what is to be forecast. */
export function heldOut(set: readonly HourlySeries[], hours: number): readonly HourlySeries[] {
  return set.map(({ name, history, actual }) => {
    const cut = history.length - hours;
    if (cut < 1) return { name, history, actual: new Float64Array(0) };
    const held = actual.length > 0 ? history.subarray(cut) : new Float64Array(0);
    return { name, history: history.subarray(0, cut), actual: held };
  });
}
