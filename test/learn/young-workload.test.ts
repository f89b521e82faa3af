import { describe, expect, it } from '@jest/globals';
import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { instant, type Series, slice } from '../../models/kernel/series.ts';
import { chosenByOthers, fitWorkload, refreshWorkload, type WorkloadModel } from '../../models/learn/fit-workload.ts';
import { seededNormal } from '../seeded.ts';

const DAY = 288;
const OPTIONS = { windowSteps: 3, level: 0.95, pathSteps: 2 * DAY, plan: { horizons: [1, 3, 6], leadSteps: 3 } };

function load(days: number, seed: number): Series {
  const normal = seededNormal(seed);
  const values = Float64Array.from(
    { length: days * DAY },
    (_, i) => 100 + 40 * Math.sin((2 * Math.PI * i) / DAY) + 5 * normal(),
  );
  return { startMs: instant(0), stepMs: 300_000, values };
}

const donors = [1, 2].map((seed) => load(8, seed));
const whole = load(3, 9);

function fitted(days: number, standing: WorkloadModel | undefined): WorkloadModel {
  const given = { forecasters: forecasters(forecasterFiles(), { donors }), standing, donors };
  const answer = fitWorkload(slice(whole, 0, Math.round(days * DAY)), OPTIONS, given);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}

describe('a workload on its second day', () => {
  const first = fitted(1.3, undefined);

  it('has no plan, not after a fit, a fit that renews it, or a refresh', () => {
    const renewed = fitted(1.9, first);
    expect(renewed.chosen).toEqual(first.chosen);
    const refreshed = refreshWorkload(slice(whole, 0, 1.9 * DAY), OPTIONS, { standing: first });
    expect(refreshed).toEqual({ ok: true, value: first });
    expect([first.direct, renewed.direct]).toEqual([undefined, undefined]);
  });

  it('has a plan and a choice of its own on its third, in which the model that others chose has no claim', () => {
    expect(chosenByOthers(first)).toBe(true);
    const third = fitted(2.6, first);
    expect(third.direct).toBeDefined();
    expect(chosenByOthers(third)).toBe(false);
    // A standing champion is told to stay or to be taken over from; a first choice knows no other.
    expect(third.chosen?.why).toMatch(/^(better than seasonal-naive-day|no other is better)/);
  });
});
