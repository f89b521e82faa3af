import { describe, expect, it } from '@jest/globals';
import { heldBelow, heldWithin, leadLosses, shareHeld } from '../../../models/forecast/lead/lead-calibration.ts';
import { LEVELS } from '../../../models/forecast/lead/lead-intervals.ts';
import type { LeadJudgement } from '../../../models/forecast/lead/lead-judgement.ts';
import { randomSource } from '../../../models/kernel/rng.ts';

/** Forecasts of 100 whose errors are skewed, and a yardstick that errs twice as much. */
function judgement(rows = 4000, half = 1000): LeadJudgement {
  const random = randomSource(9);
  const actual = Float64Array.from({ length: rows }, () => 100 + 10 * (random() + random() ** 4 - 0.7));
  return {
    judged: { forecast: new Float64Array(rows).fill(100), actual, day: 24, lead: 3 },
    yardstick: actual.map((load, i) => load + 2 * ((actual[(i + 7) % rows] ?? 100) - 100)),
    half,
    scored: actual.subarray(half),
    before: actual.subarray(0, half),
    targets: rows - half,
    champion: 'level',
  };
}

describe('the calibration at a lead', () => {
  it.each(LEVELS)('holds the share %d of targets within intervals, and below upper quantiles', (level) => {
    expect(Math.abs(shareHeld(heldWithin(judgement(), level)) - level)).toBeLessThan(0.02);
    expect(Math.abs(shareHeld(heldBelow(judgement(), level)) - level)).toBeLessThan(0.02);
  });

  it('has no share without a target, and leaves out those that were not observed', () => {
    const scored = Float64Array.of(Number.NaN, 100);
    const held = heldWithin({ ...judgement(), scored }, 0.99);
    expect([...held]).toEqual([Number.NaN, 1]);
    expect(shareHeld(Float64Array.of(Number.NaN))).toBeNaN();
  });

  it('costs less pinball loss than a yardstick that errs more', () => {
    const { pinball, naivePinball, crps } = leadLosses(judgement());
    expect(pinball).toBeLessThan(0.7 * naivePinball);
    expect(crps).toBeGreaterThan(0);
  });

  it('finds nothing to lose where every forecast comes true', () => {
    const sure = judgement();
    const forecast = sure.judged.actual;
    const { pinball, crps } = leadLosses({ ...sure, judged: { ...sure.judged, forecast } });
    expect([pinball, crps]).toEqual([0, 0]);
  });
});
