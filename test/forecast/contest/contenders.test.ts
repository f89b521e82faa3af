import { describe, expect, it } from '@jest/globals';
import { augursBytes } from '../../../adapters/fit/augurs-bytes.ts';
import { SOLO } from '../../../models/forecast/contest/contenders.ts';
import { hourly } from '../../../models/forecast/contest/hourly-series.ts';
import { randomSource } from '../../../models/kernel/rng.ts';

/** Hours of a week whose weekend is lower, with noise. */
function weeks(hours: number, { noise = 0 } = {}): Float64Array {
  const random = randomSource(3);
  return Float64Array.from({ length: hours }, (_, t) => {
    const day = 100 + 40 * Math.sin((2 * Math.PI * t) / 24);
    const weekend = Math.floor(t / 24) % 7 > 4 ? 0.6 : 1;
    return day * weekend * (1 + noise * (random() - 0.5));
  });
}

const HOURS = 840;
const AHEAD = 48;

describe.each(SOLO.map(({ name, model }) => ({ case: name, model: model(augursBytes()) })))(
  '$case',
  ({ case: name, model }) => {
    const history = weeks(HOURS, { noise: 0.1 });

    it('bears the name that it is listed under', () => {
      expect(model.name).toBe(name);
    });

    it('gives a finite load that is not negative for each hour, the same when asked again, and keeps its hands off', () => {
      const given = history.slice();
      const [one, two] = [model.path(hourly(given), AHEAD), model.path(hourly(given), AHEAD)];
      expect(one).toEqual(two);
      expect(given).toEqual(history);
      expect(one.ok && one.value.length === AHEAD && one.value.every((load) => load >= 0 && load < 1e4)).toBe(true);
    });

    it.each([
      { case: 'nothing', values: new Float64Array(0), kind: 'too-short' },
      {
        case: 'a value that is not a number',
        values: history.map((v, t) => (t === 9 ? Number.NaN : v)),
        kind: 'not-finite',
      },
    ])('refuses $case', ({ values, kind }) => {
      expect(model.path(hourly(values), 10)).toMatchObject({ ok: false, refusal: { kind } });
    });

    it.each([
      { case: 'a load that never changes', values: new Float64Array(HOURS).fill(42) },
      { case: 'no load at all', values: new Float64Array(HOURS) },
      { case: 'one spike of a thousand million', values: history.map((v, t) => (t === 700 ? 1e9 : v)) },
      { case: 'very large loads', values: history.map((v) => v * 1e12) },
      { case: 'very small loads', values: history.map((v) => v * 1e-12) },
      { case: 'a load that turns off', values: history.map((v, t) => (t < 600 ? v : 0)) },
    ])('answers sanely or refuses for $case', ({ values }) => {
      const answer = model.path(hourly(values), AHEAD);
      if (answer.ok) expect(answer.value.every((load) => Number.isFinite(load) && load >= 0)).toBe(true);
      else expect(answer.refusal.kind).toMatch(/no-signal|library/);
    });
  },
);

describe.each(['lag-regression', 'lag-regression-log'])('%s', (name) => {
  const model = SOLO.find((one) => one.name === name)!.model(augursBytes());

  it('foretells a week that repeats within 2 %', () => {
    const truth = weeks(HOURS + AHEAD);
    const answer = model.path(hourly(truth.subarray(0, HOURS)), AHEAD);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    const worst = answer.value.reduce((most, load, k) => Math.max(most, Math.abs(load / truth[HOURS + k]! - 1)), 0);
    expect(worst).toBeLessThan(0.02);
  });

  it('scales with the load', () => {
    const history = weeks(HOURS, { noise: 0.1 });
    const [one, thousand] = [history, history.map((load) => 1000 * load)].map((load) =>
      model.path(hourly(load), AHEAD),
    );
    if (one?.ok !== true || thousand?.ok !== true) throw new Error('both are answered');
    const ratios = thousand.value.map((load, k) => load / one.value[k]!);
    expect(Math.max(...ratios.map((ratio) => Math.abs(ratio - 1000)))).toBeLessThan(1e-6);
  });

  it('refuses a history without two weeks before the days that it learns from', () => {
    expect(model.path(hourly(weeks(383)), AHEAD)).toEqual({
      ok: false,
      refusal: { kind: 'too-short', have: 383, need: 384 },
    });
  });
});
