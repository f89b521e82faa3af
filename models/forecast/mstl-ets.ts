import { initSync, MSTL } from '@bsull/augurs/mstl';
import { refuse } from '../kernel/result.ts';
import { refine } from './coarsen.ts';
import { sanePath, thrown } from './finite.ts';
import type { Forecaster } from './forecaster.ts';
import { knownDays } from './known-days.ts';

/** Seasons are as clear on half hours as on finer steps, and the smoothing, whose cost grows with the length, errs less. */
const LEAST_STEP_MS = 1_800_000;

/** Six weeks of them; of finer steps, which no factor brings to a whole number a day, so many, and often no week. */
const MOST_STEPS = 2_016;

/** WebAssembly of the library's parts, as bytes: reading files is the shell's work. */
export interface AugursBytes {
  readonly mstl: Uint8Array<ArrayBuffer>;
}

let ready = false;

/**
 * Multiple seasonal-trend decomposition by loess, the remainder forecast by an automatic exponential smoothing.
 *
 * Seasons: a day, and a week where the history holds two. Needs two days of finite values; refuses otherwise, and where
 * the library fails. A history that never changes is refused: there is nothing to decompose.
 * Cost:    20–50 ms for two weeks at five minutes.
 * Source:  Bandara, Hyndman & Bergmeir (2021), MSTL; Hyndman et al. (2008) for ETS; library @bsull/augurs.
 */
export const mstlEts = (bytes: AugursBytes): Forecaster => ({
  name: 'mstl-ets',
  path(history, horizon) {
    const known = knownDays(history, { mostSteps: MOST_STEPS, leastStepMs: LEAST_STEP_MS });
    if (!known.ok) return known;
    const { series, factor, day } = known.value;
    if (!ready) {
      initSync({ module: bytes.mstl });
      ready = true;
    }
    const seasons = series.values.length >= 14 * day ? [day, 7 * day] : [day];
    // One more than the horizon takes, so that its last steps rise or fall as those of a longer path.
    const coarseHorizon = Math.ceil(horizon / factor) + 1;
    let model: MSTL | undefined;
    try {
      model = MSTL.ets(seasons);
      model.fit(series.values);
      return sanePath(refine(model.predict(coarseHorizon).point, factor, horizon), horizon);
    } catch (error) {
      return refuse(thrown(error));
    } finally {
      model?.free();
    }
  },
});
