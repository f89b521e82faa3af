import { describe, expect, it } from '@jest/globals';
import { instant } from '../../models/kernel/series.ts';
import { type ArmTrial, tryArms } from '../../models/learn/arm-trial.ts';
import { DAY, seriesOf, wave } from '../forecast/loads.ts';
import { modelOf, TERMS } from './direct-fits.ts';

const calm = wave({ days: 9, daily: 0.6, noise: 0.05 });

const judge = (values: Float64Array, trial?: ArmTrial): ArmTrial =>
  tryArms(seriesOf(values.subarray(0, 7 * DAY)), { direct: modelOf(values.subarray(0, 6 * DAY)), trial }, TERMS).trial;

describe('the trial of the arms', () => {
  it('leaves the plan in charge where it is cheaper on a day that it had not seen', () => {
    const { bandShare, bandPrice, reactivePrice } = judge(calm);
    expect(bandPrice).toBeLessThan(reactivePrice);
    expect(bandShare).toBeGreaterThan(0.57);
  });

  it.each([
    { case: 'equal prices', reactivePrice: 1e6, share: 0.574 },
    { case: 'a plan dearer by five per cent', reactivePrice: 1e6 / 1.05, share: 0.161 },
    { case: 'a plan cheaper by five per cent', reactivePrice: 1.05e6, share: 0.905 },
  ])('shares out what is wanted: $case', ({ reactivePrice, share }) => {
    const before: ArmTrial = { bandShare: 1, margin: 1, steps: 1, bandPrice: 1e9, reactivePrice: 1e3 * reactivePrice };
    expect(judge(calm, before).bandShare).toBeCloseTo(share, 2);
  });

  it('forgets old prices by half in two days', () => {
    const fresh = judge(calm);
    const old: ArmTrial = { bandShare: 1, margin: 1, steps: 1, bandPrice: 1000, reactivePrice: 2000 };
    const later = judge(calm, old);
    expect(later.bandPrice - fresh.bandPrice).toBeCloseTo(1000 * Math.SQRT1_2, 6);
    expect(later.reactivePrice - fresh.reactivePrice).toBeCloseTo(2000 * Math.SQRT1_2, 6);
  });

  it('keeps its verdict when hardly anything has come since the fit', () => {
    const trial: ArmTrial = { bandShare: 0.2, margin: 1.2, steps: 3, bandPrice: 5, reactivePrice: 4 };
    const soon = tryArms(
      seriesOf(calm.subarray(0, 6 * DAY + 5)),
      { direct: modelOf(calm.subarray(0, 6 * DAY)), trial },
      TERMS,
    );
    expect(soon.trial).toMatchObject({ bandShare: 0.2, bandPrice: 5, reactivePrice: 4 });
    expect(soon.band).toBeUndefined();
  });

  it('tunes the reactive arm once a day', () => {
    const first = judge(calm);
    const odd: ArmTrial = { ...first, margin: 1.77, steps: 4 };
    expect(judge(calm, odd)).toMatchObject({ margin: 1.77, steps: 4, tunedAtMs: first.tunedAtMs });
    const { margin, steps, tunedAtMs } = judge(calm, { ...odd, tunedAtMs: instant(first.tunedAtMs! - 86_400_000) });
    expect({ margin, steps, tunedAtMs }).toEqual({
      margin: first.margin,
      steps: first.steps,
      tunedAtMs: first.tunedAtMs,
    });
  });

  it('gives the same verdict for the same history', () => {
    expect(judge(calm)).toEqual(judge(calm));
  });

  it('tunes the reactive arm on nothing that it is judged by', () => {
    const other = calm.map((value, i) => (i < 6 * DAY ? value : 4 * value));
    const [one, two] = [judge(calm), judge(other)];
    expect([one.margin, one.steps]).toEqual([two.margin, two.steps]);
  });
});
