import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { arimaAuto } from '../../../models/forecast/arima/arima-auto.ts';
import { arimaRegression, armaPath } from '../../../models/forecast/arima/arima-regression.ts';
import { type ArmaForm, type ArmaOrder, multiplied } from '../../../models/forecast/arima/arma-form.ts';
import { chooseOrder } from '../../../models/forecast/arima/choose-order.ts';
import { fitArma } from '../../../models/forecast/arima/fit-arma.ts';
import { innovationsOf } from '../../../models/forecast/arima/innovations.ts';
import { kpss, wanders } from '../../../models/forecast/arima/kpss.ts';
import type { KnownTimes } from '../../../models/forecast/regressors.ts';
import { instant } from '../../../models/kernel/series.ts';

const numbers = z.array(z.number());
const Estimate = z.object({ params: numbers, logLikelihood: z.number(), path: numbers });
const Reference = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      y: numbers,
      order: z.tuple([z.int(), z.int(), z.int()]),
      season: z.tuple([z.int(), z.int(), z.int(), z.int()]),
      given: Estimate,
      fitted: Estimate,
    }),
  ),
  kpss: z.array(z.object({ y: numbers, lags: z.int(), statistic: z.number() })),
  grids: z.array(z.object({ y: numbers, d: z.int(), models: z.array(z.object({ order: numbers, aicc: z.number() })) })),
  regression: z.object({ y: numbers, period: z.int(), lasts: z.int(), params: numbers }),
});
const file = new URL('../../../data/reference/arima-reference.json', import.meta.url);
const reference = Reference.parse(JSON.parse(readFileSync(file, 'utf8')));

const differenced = (y: readonly number[], d: number): Float64Array =>
  Float64Array.from(d === 0 ? y : y.slice(1).map((value, i) => value - y[i]!));

/** What the reference was given: its parameters in its order, the variance last. */
function formGiven({ order, season, given }: (typeof reference.cases)[number]): ArmaForm {
  const [p, , q] = order;
  const [seasonalP, , seasonalQ, length] = season;
  const params = Float64Array.from(given.params);
  return multiplied({
    ar: params.subarray(0, p),
    ma: params.subarray(p, p + q),
    seasonalAr: params.subarray(p + q, p + q + seasonalP),
    seasonalMa: params.subarray(p + q + seasonalP, p + q + seasonalP + seasonalQ),
    season: Math.max(1, length),
  });
}

const orderOf = ({ order, season }: (typeof reference.cases)[number]): ArmaOrder => ({
  p: order[0],
  q: order[2],
  seasonalP: season[0],
  seasonalQ: season[2],
  season: Math.max(1, season[3]),
});

const integrated = (path: Float64Array, { y, order }: (typeof reference.cases)[number]): readonly number[] => {
  let level = y.at(-1)!;
  return Array.from(path, (change) => {
    level += change;
    return order[1] === 0 ? change : level;
  });
};

const worst = (ours: ArrayLike<number>, theirs: readonly number[]): number =>
  Math.max(...theirs.map((value, k) => Math.abs(value - ours[k]!)));

describe.each(reference.cases)('$name, beside statsmodels', (one) => {
  const y = differenced(one.y, one.order[1]);

  it('has the same likelihood and path at the same parameters', () => {
    const form = formGiven(one);
    const { errors, variances } = innovationsOf(y, form)!;
    const variance = one.given.params.at(-1)!;
    const logLikelihood = errors.reduce(
      (sum, e, t) => sum - (Math.log(2 * Math.PI * variance * variances[t]!) + e ** 2 / (variance * variances[t]!)) / 2,
      0,
    );
    expect(logLikelihood).toBeCloseTo(one.given.logLikelihood, 6);
    expect(worst(integrated(armaPath(y, form, one.given.path.length), one), one.given.path)).toBeLessThan(1e-6);
  });

  it('ends at the same maximum', () => {
    const fitted = fitArma(y, orderOf(one))!;
    // Two optimisers stop within a thousandth of a nat of each other: an order is chosen by differences of about one.
    expect(fitted.logLikelihood).toBeGreaterThan(one.fitted.logLikelihood - 1e-3);
    expect(fitted.variance).toBeCloseTo(one.fitted.params.at(-1)!, 3);
    expect(worst(integrated(armaPath(y, fitted.form, one.fitted.path.length), one), one.fitted.path)).toBeLessThan(
      0.01,
    );
  });
});

describe('the choice of orders', () => {
  // Models whose AICc differ by less than 2 cannot be told apart (Burnham & Anderson 2002); a walk may miss by half a one.
  it.each(reference.grids)('takes a model as good as the best of a whole grid, d = $d', ({ y, d, models }) => {
    const chosen = chooseOrder(differenced(y, d), 1)!;
    expect(chosen.aicc).toBeLessThan(models[0]!.aicc + 0.5);
  });

  it('finds a season where there is one', () => {
    const { y } = reference.cases.find(({ season }) => season[3] === 24)!;
    const { order } = chooseOrder(Float64Array.from(y), 24)!;
    expect(order.seasonalP + order.seasonalQ).toBeGreaterThan(0);
  });

  it.each(reference.kpss)('tests for wandering by the statistic $statistic', ({ y, lags, statistic }) => {
    expect(kpss(Float64Array.from(y), lags)).toBeCloseTo(statistic, 9);
    expect(wanders(Float64Array.from(y))).toBe(statistic > 0.463);
  });
});

describe('regression with ARIMA errors', () => {
  const { y, period, lasts, params } = reference.regression;

  it('weighs columns as the joint likelihood of statsmodels does', () => {
    const event = Float64Array.from({ length: y.length + 10 }, (_, t) => Number(t % period < lasts));
    const fitted = arimaRegression(Float64Array.from(y), [new Float64Array(y.length + 10).fill(1), event], 1);
    if (!fitted.ok) throw new Error(JSON.stringify(fitted.refusal));
    // Two rounds instead of one likelihood, and other orders: off by a hundredth of the event.
    expect(Math.abs(fitted.value.weights[1]! - params[1]!)).toBeLessThan(0.06);
  });

  it('expects an event again', () => {
    const HOUR = 3_600_000;
    const window = (k: number) => ({
      fromMs: instant(k * period * HOUR),
      toMs: instant((k * period + lasts) * HOUR),
    });
    const event: KnownTimes = { name: 'event', windows: Array.from({ length: 8 }, (_, k) => window(k)) };
    const history = { startMs: instant(0), stepMs: HOUR, values: Float64Array.from(y) };
    // The history ends where an event begins.
    const [aware, unaware] = [arimaAuto('a', [event]), arimaAuto('a')].map((model) => {
      const path = model.path(history, lasts);
      return path.ok ? path.value.reduce((sum, value) => sum + value / lasts, 0) : Number.NaN;
    });
    expect(aware! - unaware!).toBeGreaterThan(params[1]! / 2);
  });
});
