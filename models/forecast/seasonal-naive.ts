import { accept } from '../kernel/result.ts';
import { usable } from './finite.ts';
import type { Forecaster } from './forecaster.ts';

/**
 * Repeats the last whole season; the yardstick that every other forecaster must beat.
 *
 * Needs:   one season of finite values; otherwise refuses. The history need not be a whole number of seasons.
 * Cost:    O(period + h).
 * Source:  Hyndman & Athanasopoulos, FPP3 §5.2.
 */
export const seasonalNaive = (name: string, periodMs: number): Forecaster => ({
  name,
  path({ values, stepMs }, horizon) {
    const period = Math.max(1, Math.round(periodMs / stepMs));
    const history = usable(values, period);
    if (!history.ok) return history;
    const season = values.subarray(values.length - period);
    return accept(Float64Array.from({ length: horizon }, (_, k) => Math.max(0, season[k % period]!)));
  },
});
