import type { BoostOptions } from '../boost/boost-task.ts';
import { fitTrees } from '../boost/boosted-trees.ts';
import { predictAll } from '../boost/tree-ensemble.ts';
import { refuse } from '../kernel/result.ts';
import { randomSource } from '../kernel/rng.ts';
import { mean } from '../kernel/statistics.ts';
import { coarsen, refine } from './coarsen.ts';
import { sanePath, usable } from './finite.ts';
import type { Forecaster } from './forecaster.ts';
import { type LagView, lagView, TREE_COLUMNS, writeTreeRow } from './tree-rows.ts';

const DAY_MS = 86_400_000;

/** Four weeks at five minutes. */
const MOST_STEPS = 8_064;

/** Rows that are learned from: more teach little and cost as much. */
const MOST_ROWS = 6_000;

/** Days ahead that are learned; further ones are forecast as the last of them, with seasons that repeat. */
const DAYS_AHEAD = 2;

/** Half of the horizons that are learned lie within this share of a day: there the newest steps still tell something. */
const NEAR = 1 / 8;

const TREES: Omit<BoostOptions, 'loss'> = {
  trees: 100,
  depth: 4,
  learningRate: 0.1,
  leastLeafRows: 20,
  l2: 1,
  rowShare: 0.7,
  columnShare: 0.6,
  seed: 1,
};

/**
 * Gradient-boosted trees of one quantile of the load, direct at every horizon: the horizon is a feature, no forecast is fed
 * back. Other features: the same time on the days before and, where two weeks are known, the week before, levels of hours
 * and days, what the newest steps are off, the time of the day. Trees learn what is left beside the season.
 *
 * Needs three days of finite values; refuses otherwise, and where the load never changes. Same history, same trees: the
 * draws are seeded. Cost: 0.5 s for two weeks at five minutes, some 6,000 rows at most.
 * Source:  direct multi-horizon forecasts, Taieb et al. (2012); boosting of quantiles, `models/boost`.
 */
export const quantileTrees = (name: string, quantile: number): Forecaster => ({
  name,
  path(history, horizon) {
    const { series, factor } = coarsen(history, { mostSteps: MOST_STEPS });
    const day = Math.max(1, Math.round(DAY_MS / series.stepMs));
    const fit = usable(series.values, 3 * day);
    if (!fit.ok) return fit;
    const level = mean(series.values);
    const spread = Math.sqrt(mean(series.values.map((load) => (load - level) ** 2)));
    if (!(spread > 1e-9 * Math.abs(level))) return refuse({ kind: 'no-signal', reason: 'the load never changes' });
    const view = lagView(
      series.values.map((load) => (load - level) / spread),
      day,
    );
    const rows = learnable(view);
    const trees = fitTrees(rows, { ...TREES, loss: { quantile } });
    if (!trees.ok) return refuse({ kind: 'no-signal', reason: 'nothing can be learned from so few days' });
    const steps = Math.ceil(horizon / factor);
    const asked = emptyColumns(steps);
    const base = Float64Array.from({ length: steps }, (_, k) =>
      writeTreeRow(view, { origin: view.values.length, ahead: k + 1, furthest: DAYS_AHEAD * day }, asked, k),
    );
    const path = predictAll(trees.value, asked).map((left, k) => level + spread * (base[k]! + left));
    return sanePath(refine(path, factor, horizon), horizon);
  },
});

const emptyColumns = (rows: number): readonly Float64Array[] =>
  Array.from({ length: TREE_COLUMNS }, () => new Float64Array(rows));

interface Rows {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
}

/** Origins all over the history with horizons drawn for each, half of them near; the target is what the season leaves. */
function learnable(view: LagView): Rows {
  const { values, day, reach } = view;
  const furthest = Math.min(DAYS_AHEAD * day, values.length - reach);
  const origins = values.length - reach;
  const count = Math.min(MOST_ROWS, 20 * origins);
  const random = randomSource(TREES.seed);
  const columns = emptyColumns(count);
  const target = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const span = row % 2 === 0 ? furthest : Math.max(1, Math.floor(NEAR * day));
    const ahead = 1 + Math.floor(random() * Math.min(span, furthest));
    const origin = reach + Math.floor(random() * (values.length - ahead - reach + 1));
    const base = writeTreeRow(view, { origin, ahead, furthest: DAYS_AHEAD * day }, columns, row);
    target[row] = values[origin + ahead - 1]! - base;
  }
  return { columns, target };
}
