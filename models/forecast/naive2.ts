import { accept } from '../kernel/result.ts';
import { usable } from './finite.ts';
import type { Forecaster } from './forecaster.ts';
import { isSeasonalInM4, seasonalFactors } from './seasonal-index.ts';

const DAY_MS = 86_400_000;

/**
 * Naive2: the last value, freed of the day's season where the history is seasonal, with the season put back. The yardstick
 * in OWA. Unlike other forecasters it does not hold its path at 0: the yardstick is a definition.
 *
 * Needs:   one finite value; otherwise refuses.   O(n · period).
 * Source:  benchmarks of the M4 competition (Makridakis, Spiliotis & Assimakopoulos, 2020). Deviation: where a moving
 * average is 0 and the factors are undefined, no season is taken out.
 */
export const naive2: Forecaster = {
  name: 'naive2',
  path({ values, stepMs }, horizon) {
    const history = usable(values, 1);
    if (!history.ok) return history;
    const period = Math.max(1, Math.round(DAY_MS / stepMs));
    const seasonal = period > 1 && isSeasonalInM4(values, period);
    const factors = seasonal ? seasonalFactors(values, period) : undefined;
    const n = values.length;
    const at = (step: number): number => factors?.[step % period] ?? 1;
    const level = values[n - 1]! / at(n - 1);
    // The season repeats from the last whole period on, so its phase runs on.
    return accept(Float64Array.from({ length: horizon }, (_, k) => level * at(n + k)));
  },
};
