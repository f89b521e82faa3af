import { describe, expect, it } from '@jest/globals';
import type { ForecastArtefact } from '../../models/forecast/artefact.ts';
import { renewedCalibration, strideOf, thinned } from '../../models/forecast/renewed-calibration.ts';
import { instant } from '../../models/kernel/series.ts';

const HOUR_MS = 3_600_000;

/** A path of 100 that was fitted at the end of its tenth day, with errors of at most 1 known for it. */
const standing: ForecastArtefact = {
  version: 1,
  model: 'level',
  fittedAtMs: instant(240 * HOUR_MS),
  stepMs: HOUR_MS,
  path: new Array<number>(72).fill(100),
  correction: { alpha: 0, phi: 1 },
  calibration: { windowSteps: 2, power: 0, scores: Array.from({ length: 512 }, (_, i) => i / 512) },
  scores: [],
};

const load = (hours: number, off: number) => ({
  startMs: instant(0),
  stepMs: HOUR_MS,
  values: Float64Array.from({ length: hours }, (_, t) => (t < 240 ? 100 : 100 + off)),
});

const shareAbove = (scores: readonly number[], x: number): number =>
  scores.filter((score) => score > x).length / scores.length;

describe('the calibration of an artefact that stands', () => {
  it.each([
    { case: 'a day', hours: 264, share: 0.2 },
    { case: 'half a day', hours: 252, share: 0.1 },
    { case: 'two days', hours: 288, share: 0.4 },
  ])('gives a fifth for each day to what came since: $case', ({ hours, share }) => {
    const { scores, windowSteps, power } = renewedCalibration(standing, load(hours, 50));
    // A day of hours holds fewer scores than its share has room for: the share of the old ones that went is what counts.
    expect(scores.filter((score) => score < 1)).toHaveLength(Math.round((1 - share) * 512));
    expect(shareAbove(scores, 1)).toBeGreaterThan(0);
    expect([...scores].sort((a, b) => a - b)).toEqual(scores);
    expect({ windowSteps, power }).toEqual({ windowSteps: 2, power: 0 });
  });

  it('stays as it is while nothing, or less than a window, is new', () => {
    expect(renewedCalibration(standing, load(240, 50))).toBe(standing.calibration);
    expect(renewedCalibration(standing, load(241, 50))).toBe(standing.calibration);
  });

  it('keeps the ends when it is thinned', () => {
    const sorted = Float64Array.from({ length: 100 }, (_, i) => i);
    expect([...thinned(sorted, 4)]).toEqual([0, 33, 66, 99]);
    expect(thinned(sorted, 100)).toBe(sorted);
  });

  it('is walked at most 288 times a day', () => {
    expect([24, 288, 1440].map(strideOf)).toEqual([1, 1, 5]);
  });
});
