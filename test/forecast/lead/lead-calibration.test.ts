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
    hourly: Int32Array.from({ length: rows - half }, (_, i) => i),
    targetsFromMs: 0,
    stepMs: 3_600_000,
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

  it.each(LEVELS)(
    'holds the share %d below upper quantiles where forecasts are low and where they are high',
    (level) => {
      const random = randomSource(5);
      const { judged, ...rest } = judgement();
      // What comes lies nearer to the mean than the forecast.
      const forecast = judged.forecast.map((mean, i) => mean + 12 * Math.sin(i / 4));
      const actual = forecast.map((load) => 100 + 0.8 * (load - 100) + 10 * (random() - 0.5));
      const scored = actual.subarray(rest.half);
      const held = heldBelow({ ...rest, scored, judged: { ...judged, forecast, actual } }, level);
      const shareWhere = (wanted: (load: number) => boolean): number =>
        shareHeld(held.filter((_, i) => wanted(forecast[rest.half + i]!)));
      expect(Math.abs(shareWhere((load) => load > 108) - level)).toBeLessThan(0.05);
      expect(Math.abs(shareWhere((load) => load < 92) - level)).toBeLessThan(0.05);
    },
  );

  it.each([
    { by: 2, level: 0.5 },
    { by: 2, level: 0.8 },
    { by: 0.5, level: 0.5 },
    { by: 0.5, level: 0.8 },
  ])(
    'holds the share $level within 6.5 points on the day after a load has become $by times what it was',
    ({ by, level }) => {
      const { judged, ...rest } = judgement();
      const days = Array.from({ length: 60 }, (_, k) => {
        const from = 1500 + 40 * k;
        const changed = (path: Float64Array) => path.map((load, i) => (i < from ? load : by * load));
        const [forecast, actual] = [changed(judged.forecast), changed(judged.actual)];
        const scored = actual.subarray(rest.half);
        const held = heldWithin({ ...rest, scored, judged: { ...judged, lead: 1, forecast, actual } }, level);
        return shareHeld(held.subarray(from - rest.half, from - rest.half + 24));
      });
      const share = days.reduce((sum, day) => sum + day, 0) / days.length;
      expect(share).toBeGreaterThan(level - 0.1);
      expect(share).toBeLessThan(level + 0.25);
    },
  );

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
