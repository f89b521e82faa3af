import { leastSquares } from '../kernel/least-squares.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { mean } from '../kernel/statistics.ts';
import { coarsen, refine } from './coarsen.ts';
import { sanePath, usable } from './finite.ts';
import type { Forecaster, ForecastRefusal } from './forecaster.ts';
import { LAG_FEATURES, type LagHistory, lagHistory, writeLagRow } from './lag-features.ts';

const DAY_MS = 86_400_000;

/** Four weeks at five minutes: what lies further back says little, and costs as much. */
const MOST_STEPS = 8_064;

/** Origins a day that each regression learns from, about: neighbours of one origin repeat it. */
const ORIGINS_A_DAY = 5;

/** Added to the mean squares of the regressors, which are near 1: keeps what they have in common from being told apart. */
const RIDGE = 0.003;

/** A logarithm beyond the highest one seen by this much is held there: the load would more than double. */
const HEAD_ROOM = Math.log(2);

/** The share of the mean that is added before the logarithm is taken, so that no load is without one. */
const LOG_OFFSET = 0.01;

/**
 * Linear regression of a load on itself: the steps whole days and weeks before, their neighbours, the levels of the last
 * days, and how far the newest steps are off. One regression for each day ahead. Coefficients are drawn towards half the
 * day before and half the week before. On the logarithm a season is a multiple.
 *
 * Needs two weeks and a day of finite values and as many more as are asked for, but two weeks at most; refuses otherwise,
 * and where the load never changes.
 * Cost:    10 ms for five weeks of hours and two days ahead.
 * Source:  direct multi-step regression, Taieb et al., Expert Systems with Applications 39 (2012); ridge, Hoerl & Kennard
 * (1970).
 */
export const lagRegression = (name: string, scale: 'raw' | 'log'): Forecaster => ({
  name,
  path(history, horizon) {
    const { series, factor } = coarsen(history, { mostSteps: MOST_STEPS });
    const day = Math.round(DAY_MS / series.stepMs);
    const steps = Math.ceil(horizon / factor);
    const fit = usable(series.values, 14 * day + Math.min(14 * day, Math.max(day, steps)));
    if (!fit.ok) return fit;
    const unit = unitOf(series.values, 14 * day, scale);
    if (unit === undefined) return refuse({ kind: 'no-signal', reason: 'the load never changes' });
    const path = pathOf(lagHistory(series.values.map(unit.to), day), steps);
    return path.ok ? sanePath(refine(path.value.map(unit.from), factor, horizon), horizon) : path;
  },
});

interface Unit {
  readonly to: (load: number) => number;
  readonly from: (value: number) => number;
}

/** Loads as deviations from the level of the newest steps, in such a unit that one ridge suits every load. */
function unitOf(loads: Float64Array, newest: number, scale: 'raw' | 'log'): Unit | undefined {
  const offset = LOG_OFFSET * mean(loads);
  const seen = scale === 'raw' ? loads : loads.map((load) => Math.log(Math.max(0, load) + offset));
  const level = mean(seen.subarray(-newest));
  const spread = Math.sqrt(mean(seen.map((value) => (value - level) ** 2)));
  if (!(spread > 1e-9 * Math.abs(level))) return undefined;
  if (scale === 'raw') return { to: (load) => (load - level) / spread, from: (value) => level + spread * value };
  const most = seen.reduce((a, b) => Math.max(a, b)) + HEAD_ROOM;
  return {
    to: (load) => (Math.log(Math.max(0, load) + offset) - level) / spread,
    from: (value) => Math.exp(Math.min(most, level + spread * value)) - offset,
  };
}

function pathOf(history: LagHistory, steps: number): Result<Float64Array, ForecastRefusal> {
  const { values, day } = history;
  const path = new Float64Array(steps);
  for (let from = 1; from <= steps; from += day) {
    const ahead = { from, to: Math.min(steps, from + day - 1) };
    const weights = weightsOf(history, ahead);
    if (!weights.ok) return weights;
    const row = Array.from({ length: LAG_FEATURES }, () => new Float64Array(1));
    for (let k = ahead.from; k <= ahead.to; k++) {
      const base = writeLagRow(history, { origin: values.length, ahead: k }, { columns: row, row: 0 });
      path[k - 1] = row.reduce((sum, cell, j) => sum + cell[0]! * weights.value[j]!, base);
    }
  }
  return accept(path);
}

/** Coefficients of one day ahead, of what is left beside the base. */
function weightsOf(
  history: LagHistory,
  { from, to }: { readonly from: number; readonly to: number },
): Result<Float64Array, ForecastRefusal> {
  const { values, day } = history;
  const first = 14 * day;
  const stride = Math.max(1, Math.round(day / ORIGINS_A_DAY));
  const last = values.length - Math.min(to, values.length - first);
  const origins = Math.floor((last - first) / stride) + 1;
  const rows = origins * (to - from + 1);
  const columns = Array.from({ length: LAG_FEATURES }, () => new Float64Array(rows));
  const rest = new Float64Array(rows);
  let row = 0;
  for (let i = 0; i < origins; i++) {
    const origin = last - i * stride;
    for (let k = from; k <= to && origin + k <= values.length; k++) {
      rest[row] = values[origin + k - 1]! - writeLagRow(history, { origin, ahead: k }, { columns, row });
      row++;
    }
  }
  const used = columns.map((column) => column.subarray(0, row));
  const weights = leastSquares(used, rest.subarray(0, row), RIDGE);
  if (weights.ok) return weights;
  return refuse({ kind: 'no-signal', reason: `lag feature ${weights.refusal.column} is collinear` });
}
