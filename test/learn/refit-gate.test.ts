import { describe, expect, it } from '@jest/globals';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import { instant } from '../../models/kernel/series.ts';
import { tryArms } from '../../models/learn/arm-trial.ts';
import { mayReplace } from '../../models/learn/refit-gate.ts';
import { DAY, seriesOf, wave } from '../forecast/loads.ts';

const TERMS = {
  bootSteps: 2,
  lagSteps: 0,
  throughput: { perStep: 10, targetUtilisation: 1 },
  shortagePenalty: 20,
  inflation: 1,
};

const load = wave({ days: 9, daily: 0.6, noise: 0.05 });
const SIX_HOURS = DAY / 4;

function fitted(values: Float64Array): DirectModel {
  const model = fitDirect(seriesOf(values), { horizons: [1, 2, 3, 5, 8, 12], leadSteps: 2 });
  if (!model.ok) throw new Error(JSON.stringify(model.refusal));
  return model.value;
}

const until = (steps: number): Float64Array => load.subarray(0, steps);
const standing = fitted(until(8 * DAY));
const history = seriesOf(until(8 * DAY + SIX_HOURS));
const fresh = fitted(until(8 * DAY + SIX_HOURS));

describe('a refit', () => {
  it('takes the place of what stands when it knows the newest load as well', () => {
    expect(mayReplace({ fresh, standing }, history, TERMS)).toBe(true);
  });

  it('is the same refit in other units of load', () => {
    // The constant and the time of day are levels; all other coefficients are of the load, on one scale.
    const levels = [0, 12, 13, 14, 15];
    const halves = (values: readonly number[]) => values.map((value) => value / 2);
    const horizons = fresh.horizons.map((h) => ({
      ...h,
      coefficients: h.coefficients.map((c, j) => (levels.includes(j) ? c / 2 : c)),
      spread: h.spread.map((c, j) => (j === 0 ? c / 2 : c)),
      leastSpread: h.leastSpread / 2,
      edges: halves(h.edges),
    }));
    const coarse = { ...fresh, unit: fresh.unit * 4, highest: fresh.highest / 2, horizons };
    expect(mayReplace({ fresh: coarse, standing }, history, TERMS)).toBe(true);
  });

  it('does not when it is dearer on the very load that it has learned from', () => {
    const astray = fitted(until(8 * DAY + SIX_HOURS).map((value) => 1 / (value + 1)));
    expect(mayReplace({ fresh: { ...astray, unit: fresh.unit }, standing }, history, TERMS)).toBe(false);
  });

  it.each([
    { case: 'what stands is a day old', of: { ...standing, fittedAtMs: instant(fresh.fittedAtMs - 86_400_000) } },
    { case: 'it looks at other days', of: { ...standing, lagDays: [1] } },
    { case: 'hardly anything has come since', of: { ...standing, fittedAtMs: instant(fresh.fittedAtMs - 600_000) } },
  ])('does without being asked when $case', ({ of }) => {
    const astray = fitted(until(8 * DAY + SIX_HOURS).map((value) => 1 / (value + 1)));
    expect(mayReplace({ fresh: astray, standing: of }, history, TERMS)).toBe(true);
  });
});

describe('a trial of what was not replaced', () => {
  it('goes on from where it was judged, and counts nothing twice', () => {
    const { trial: first } = tryArms(history, { direct: standing }, TERMS);
    const { trial: again } = tryArms(history, { direct: standing, trial: first }, TERMS);
    expect(again).toEqual(first);
    const later = seriesOf(until(8 * DAY + 2 * SIX_HOURS));
    const { trial: inTwo } = tryArms(later, { direct: standing, trial: first }, TERMS);
    const { trial: atOnce } = tryArms(later, { direct: standing }, TERMS);
    expect(inTwo.bandPrice).toBeGreaterThan(first.bandPrice);
    expect(inTwo.bandPrice).toBeLessThan(1.01 * atOnce.bandPrice);
  });
});
