import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aged } from '../../bench/scaling/aged-model.ts';
import { withErrors } from '../../bench/scaling/error-shapes.ts';
import { withoutDays, withoutHabits } from '../../bench/scaling/own-lines.ts';
import { movedBy, pathPlan } from '../../bench/scaling/path-plan.ts';
import { pooledWith } from '../../bench/scaling/pooled-lines.ts';
import { capacityBand } from '../../models/decide/capacity-band.ts';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import { outlookOf } from '../../models/forecast/outlook.ts';
import { slice } from '../../models/kernel/series.ts';
import { dailyLoad, dailyProblem } from './daily-load.ts';

const history = dailyLoad(5, 3);

const fitted = (steps: number): DirectModel => {
  const fit = fitDirect(slice(history, 0, steps), { horizons: [1, 2, 3, 5], leadSteps: 1 });
  if (!fit.ok) throw new Error(`refused: ${JSON.stringify(fit.refusal)}`);
  return fit.value;
};

const model = fitted(history.values.length);

describe('what is learned anew of a fit', () => {
  it('is bit for bit what the regression itself learned, where its lines stay', () => {
    expect(withErrors(model, history)).toEqual(model);
  });

  it('has lines without features of earlier days where those are left out', () => {
    const without = withoutDays(model, history);
    expect(without.lagDays).toEqual([]);
    expect(without.horizons.map(({ coefficients }) => coefficients.length)).toEqual([21, 21, 21, 21]);
  });

  it('has lines that give no weight to the minute of the hour where habits are left out', () => {
    const last = (one: DirectModel) => one.horizons.map(({ coefficients }) => coefficients.slice(-5));
    expect(
      last(model)
        .flat()
        .every((c) => c !== 0),
    ).toBe(true);
    expect(last(withoutHabits(model, history)).flat().map(Math.abs)).toEqual(new Array(20).fill(0));
  });

  it('stays as it is where no other series has the step', () => {
    const hourly = { ...dailyProblem(4, { seed: 1, scored: 10 }), stepSeconds: 3600 };
    expect(pooledWith([hourly])(model, history)).toBe(model);
  });

  it('lies half-way to the lines of the same load where that is the other series', () => {
    const same = { ...dailyProblem(5, { seed: 3, scored: 1 }), scoreFrom: history.values.length };
    const pooled = pooledWith([same])(model, history);
    pooled.horizons.forEach(({ coefficients }, i) => {
      coefficients.forEach((c, j) => {
        expect(c).toBeCloseTo(model.horizons[i]!.coefficients[j]!, 9);
      });
    });
  });
});

describe('an aged model', () => {
  it('expects what it did, from the newest history on', () => {
    const old = fitted(history.values.length - 30);
    const recent = { ...slice(history, history.values.length - 40), mayHaveBlanks: true } as const;
    const [was, is] = [outlookOf(old, recent), outlookOf(aged(model, old), recent)];
    if (!was.ok || !is.ok) throw new Error('no outlook');
    for (const i of [0, 1, 2, 3]) {
      expect(is.value.quantile(i, 0.5) / was.value.quantile(i, 0.5)).toBeCloseTo(1, 2);
    }
  });

  it('is the fresh fit where none stood before', () => {
    expect(aged(model, undefined)).toBe(model);
  });
});

describe('the plan over scenario paths', () => {
  const steps = 12;
  const loads = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: steps, maxLength: steps });

  it('moves as the band does where there is one path alone and it is certain', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 9 }), (load, needNow, standing) => {
        const path = Float64Array.from([needNow, ...load]);
        const terms = { needNow, lagSteps: 0, bootSteps: 1, shortagePenalty: 20, carriedBy: (units: number) => units };
        const odds = {
          horizons: load.map((_, i) => i + 1),
          exceedance: (i: number, above: number) => (load[i]! > above ? 1 : 0),
        };
        const { launch, keep } = capacityBand(odds, { ...terms, cadenceSteps: 1 });
        // The band looks nine boots ahead.
        const moved = movedBy(pathPlan([path.slice(0, 10)], terms), standing, needNow);
        expect(moved).toBe(Math.min(Math.max(standing, launch), keep));
      }),
      { numRuns: 300 },
    );
  });

  it('orders where 20 a missing step weighs more than booting and, if it comes to that, serving', () => {
    const terms = {
      needNow: 1,
      lagSteps: 0,
      bootSteps: 1,
      shortagePenalty: 20,
      carriedBy: (units: number) => units,
    };
    const withNeed = (share: number) =>
      Array.from({ length: 100 }, (_, s) => Float64Array.from([1, s < 100 * share ? 2 : 1, 1, 1]));
    expect(movedBy(pathPlan(withNeed(0.07), terms), 1, 1)).toBe(2);
    expect(movedBy(pathPlan(withNeed(0.04), terms), 1, 1)).toBe(1);
  });
});
