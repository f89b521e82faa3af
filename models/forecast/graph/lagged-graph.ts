import { longRunSquares } from '../../kernel/long-run-variance.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { endOf } from '../../kernel/series.ts';
import { normalEquations, sparseLeastSquares } from '../../kernel/sparse-least-squares.ts';
import { mean } from '../../kernel/statistics.ts';
import { sanePath, usable } from '../finite.ts';
import type { ForecastRefusal } from '../forecaster.ts';
import type { Dependents, GraphForecaster, GraphPath, Lead } from './graph-forecaster.ts';
import { type Remainder, remainderOf } from './remainder.ts';

const DAY_MS = 86_400_000;

/** Steps that are learned from, the newest ones: nearly three weeks at five minutes; four days where those are more. */
const MOST_STEPS = 5_760;
const LEAST_DAYS = 4;

/** Loads that may drive one: more are too many to tell apart by two weeks. */
const MOST_OTHERS = 20;

/** Share of the newest rows on which a graph has to beat the target alone, and by how much of the error. */
const HELD = 0.2;
const WORTH = 0.02;

/** Standard errors by which it has to be better, too: several graphs are tried at each step ahead. */
const SURE = 2.5;

/** Penalties that are tried, as shares of the least one that leaves no lead. */
const PENALTIES = [0.3, 0.1, 0.03];

export interface GraphOptions {
  /** Longest time that a load takes to follow another, in steps. */
  readonly mostLag: number;
}

/**
 * Learns which loads lead a target, and forecasts it from their newest steps. All loads are freed of their level and daily season
 * first, so that days alike do not look like dependence. For each step ahead, up to the longest lag, a lasso on the newest
 * steps of the target and of all others; leads count where on the newest fifth, which the fit did not see, they beat the
 * target's own steps by a fiftieth and by more than chance does. Further ahead what is expected beside the season fades.
 *
 * Needs three days of finite values of the target; refuses otherwise. Others that are not finite, not on the grid or
 * constant are left out. Cost: O(horizons · n · (others · lags)²) for the products, which are made once for each step ahead.
 * Source: Granger, Econometrica 37 (1969); its lasso form, Arnold, Liu & Abe, KDD 2007.
 */
export const laggedGraph = (name: string, { mostLag }: GraphOptions): GraphForecaster => ({
  name,
  path(loads, horizon) {
    const day = Math.round(DAY_MS / loads.target.stepMs);
    const fit = usable(loads.target.values, 3 * day);
    if (!fit.ok) return fit;
    const own = remainderOf(loads.target.values, day, mostSteps(day));
    if (own === undefined) return refuse({ kind: 'no-signal', reason: 'the load never changes' });
    const others = driversOf(loads, day);
    const found = new Map<string, Lead>();
    const left = new Float64Array(horizon);
    const learnable = own.spread === 0 ? 0 : Math.min(horizon, mostLag);
    for (let ahead = 1; ahead <= learnable; ahead++) {
      const learned = learnedAt(own, others, { ahead, mostLag });
      left[ahead - 1] = learned.expected;
      for (const lead of learned.leads) keepStrongest(found, lead);
    }
    fadeFrom(left, mostLag, own.values);
    return pathOf(
      left.map((value, k) => own.season[k % day]! + own.spread * value),
      [...found.values()],
    );
  },
});

function keepStrongest(found: Map<string, Lead>, lead: Lead): void {
  const key = `${lead.from}/${lead.lagSteps}`;
  if (Math.abs(lead.weight) > Math.abs(found.get(key)?.weight ?? 0)) found.set(key, lead);
}

/** Lets what is expected at the last step that was learned fade as fast as the load itself forgets. O(n + horizon). */
function fadeFrom(left: Float64Array, mostLag: number, known: Float64Array): void {
  if (left.length <= mostLag) return;
  let [shared, whole] = [0, 0];
  for (let t = mostLag; t < known.length; t++) {
    shared += known[t]! * known[t - mostLag]!;
    whole += known[t - mostLag]! ** 2;
  }
  const kept = whole > 0 ? Math.min(1, Math.max(0, shared / whole)) : 0;
  for (let k = mostLag; k < left.length; k++) left[k] = left[mostLag - 1]! * kept ** ((k + 1 - mostLag) / mostLag);
}

function pathOf(path: Float64Array, leads: readonly Lead[]): Result<GraphPath, ForecastRefusal> {
  const sane = sanePath(path, path.length);
  if (!sane.ok) return sane;
  const strongest = [...leads].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return accept({ path: sane.value, leads: strongest });
}

const mostSteps = (day: number): number => Math.max(MOST_STEPS, LEAST_DAYS * day);

interface Driver extends Remainder {
  readonly name: string;
}

/** Loads that stand on the target's grid, hold as much and change. */
const driversOf = ({ target, others }: Dependents, day: number): readonly Driver[] =>
  others
    .filter(({ series }) => series.stepMs === target.stepMs && endOf(series) === endOf(target))
    .filter(({ series }) => series.values.length >= target.values.length && series.values.every(Number.isFinite))
    .flatMap(({ name, series }) => {
      const known = series.values.subarray(series.values.length - target.values.length);
      const remainder = remainderOf(known, day, mostSteps(day));
      return remainder === undefined || remainder.spread === 0 ? [] : [{ name, ...remainder }];
    })
    .slice(0, MOST_OTHERS);

interface Learned {
  /** What is left of the target beside its season, so many steps ahead, in its deviations. */
  readonly expected: number;
  readonly leads: readonly Lead[];
}

/** One column: a load so many steps before the step that is forecast. */
interface Column {
  readonly name: string | undefined;
  readonly lag: number;
  readonly values: Float64Array;
}

function learnedAt(
  own: Driver | Remainder,
  others: readonly Driver[],
  { ahead, mostLag }: { readonly ahead: number; readonly mostLag: number },
): Learned {
  const lags = lagsFrom(ahead, mostLag);
  const alone: Column[] = lags.map((lag) => ({ name: undefined, lag, values: own.values }));
  const all = [...alone, ...others.flatMap(({ name, values }) => lags.map((lag) => ({ name, lag, values })))];
  const n = own.values.length;
  const first = (lags.at(-1) ?? ahead) + 1;
  const split = Math.floor(first + (1 - HELD) * (n - first));
  const fits = [fitted(alone, own.values, { first, split, penalty: 0 })];
  for (const penalty of PENALTIES) fits.push(fitted(all, own.values, { first, split, penalty }));
  const solo = fits[0]!;
  const best = fits.reduce((least, fit) => (fit.error < least.error ? fit : least));
  const kept = isBetter(best, solo, mostLag) ? best : solo;
  const expected = kept.columns.reduce(
    (sum, { values, lag }, j) => sum + kept.weights[j]! * values[n + ahead - 1 - lag]!,
    0,
  );
  const leads = kept.columns.flatMap(({ name, lag }, j) =>
    name === undefined || kept.weights[j] === 0 ? [] : [{ from: name, lagSteps: lag, weight: kept.weights[j]! }],
  );
  return { expected, leads };
}

/**
 * Better by what is worth it, and by more than chance does to the mean difference of as many errors, of which those nearer
 * than twice the longest lag repeat each other.
 * Source: Diebold & Mariano, J. Business & Economic Statistics 13 (1995); variance, Newey & West, Econometrica 55 (1987).
 */
function isBetter(fit: Fit, solo: Fit, mostLag: number): boolean {
  if (fit.error > solo.error * (1 - WORTH)) return false;
  const gains = fit.errors.map((error, t) => solo.errors[t]! - error);
  const gain = mean(gains);
  const about = gains.map((one) => one - gain);
  const squares = longRunSquares(about, Math.min(2 * mostLag, about.length - 1));
  return gain > (SURE * Math.sqrt(Math.max(0, squares))) / about.length;
}

/** Every lag that is known so many steps ahead, up to the longest and as many more, thinning out. */
function lagsFrom(ahead: number, mostLag: number): readonly number[] {
  const lags: number[] = [];
  for (let lag = ahead; lag <= Math.max(mostLag, ahead) + 2; lag += lag - ahead < 8 ? 1 : 2) lags.push(lag);
  return lags;
}

interface Fit {
  readonly columns: readonly Column[];
  readonly weights: Float64Array;
  /** Squared errors on the rows held back, and their mean. */
  readonly errors: Float64Array;
  readonly error: number;
}

/** A lasso on the rows before the split, its penalty relative to the largest gradient; judged on those after it. */
function fitted(
  columns: readonly Column[],
  y: Float64Array,
  { first, split, penalty }: { readonly first: number; readonly split: number; readonly penalty: number },
): Fit {
  const rows = (from: number, to: number) => columns.map(({ values, lag }) => values.subarray(from - lag, to - lag));
  const equations = normalEquations(rows(first, split), y.subarray(first, split));
  const strongest = equations.right.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const solved = sparseLeastSquares(equations, {
    l1: Float64Array.from(columns, ({ name }) => (name === undefined ? 0 : penalty * strongest)),
    l2: new Float64Array(columns.length).fill(0.01 * (split - first)),
  });
  const weights = solved.ok ? solved.value : new Float64Array(columns.length);
  const held = rows(split, y.length);
  const errors = y
    .subarray(split)
    .map((value, t) => (value - held.reduce((sum, row, j) => sum + weights[j]! * row[t]!, 0)) ** 2);
  return { columns, weights, errors, error: mean(errors) };
}
