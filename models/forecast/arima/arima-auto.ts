import { refine } from '../coarsen.ts';
import { sanePath } from '../finite.ts';
import type { Forecaster } from '../forecaster.ts';
import { knownDays } from '../known-days.ts';
import { type KnownTimes, knownColumns, waveColumns } from '../regressors.ts';
import { arimaRegression } from './arima-regression.ts';

/** Two weeks at five minutes. */
const MOST_STEPS = 4_032;

/** A season of more steps than this is left to the waves: its own orders would take its square in work. */
const MOST_SEASON = 24;

const DAILY_PAIRS = 8;
const WEEKLY_PAIRS = 3;

/**
 * Regression on waves of the day and the week and on known times, with ARIMA errors whose orders are chosen: differences by
 * a test for wandering, the other orders by AICc, those of a daily season too where a day has at most 24 steps. The
 * likelihood is exact. The regression is done twice, the second time on steps freed of what the first errors had in common.
 *
 * Needs two days of finite values; refuses otherwise, where the load never changes, and where no model can be fitted.
 * Cost:    0.2 s for two weeks at five minutes, 1 s for ten weeks of hours; at most 16 models.
 * Source:  Hyndman & Athanasopoulos, FPP3 §10; automatic orders, Hyndman & Khandakar (2008); two rounds instead of one
 * joint likelihood, Cochrane & Orcutt, JASA 44 (1949). Written here because the library `arima` gives no likelihood.
 */
export const arimaAuto = (name: string, times: readonly KnownTimes[] = []): Forecaster => ({
  name,
  path(history, horizon) {
    const known = knownDays(history, { mostSteps: MOST_STEPS });
    if (!known.ok) return known;
    const { series, factor, day } = known.value;
    const y = series.values;
    const steps = Math.ceil(horizon / factor);
    const columns = [
      new Float64Array(y.length + steps).fill(1),
      ...waveColumns([{ period: day, pairs: Math.min(DAILY_PAIRS, Math.floor((day - 1) / 2)) }], y.length + steps),
      ...(y.length >= 10.5 * day ? waveColumns([{ period: 7 * day, pairs: WEEKLY_PAIRS }], y.length + steps) : []),
      ...knownColumns(times, series, y.length + steps),
    ];
    const fitted = arimaRegression(y, columns, day <= MOST_SEASON ? day : 1);
    return fitted.ok ? sanePath(refine(fitted.value.path, factor, horizon), horizon) : fitted;
  },
});
