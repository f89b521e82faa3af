import { describe, expect, it } from '@jest/globals';
import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import type { ForecastArtefact } from '../../models/forecast/artefact.ts';
import { choiceDue, fitArtefact, renewArtefact } from '../../models/forecast/fit.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { type PeakForecast, predictPeak } from '../../models/forecast/peak.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { accept, refuse } from '../../models/kernel/result.ts';
import { DAY, guarded, seriesOf, wave } from './loads.ts';

const WINDOW = 3;
const OPTIONS = { windowSteps: WINDOW, level: 0.95, pathSteps: 2 * DAY };
const NAIVE = forecasters(forecasterFiles()).slice(0, 2);

function fitted(values: Float64Array, candidates: readonly Forecaster[] = NAIVE): ForecastArtefact {
  const artefact = fitArtefact(seriesOf(values), OPTIONS, candidates);
  if (!artefact.ok) throw new Error(JSON.stringify(artefact.refusal));
  return artefact.value;
}

/** A forecaster that says the same whatever it is shown. */
const fixed = (name: string, at: (step: number) => number): Forecaster => ({
  name,
  path: ({ values }, horizon) => accept(Float64Array.from({ length: horizon }, (_, k) => at(values.length + k))),
});

const clean = wave({ days: 10, noise: 0 });
const truth = fixed('truth', (step) => clean[step % DAY]!);

/** The truth, from so many days of history on. */
const truthFrom = (days: number): Forecaster => ({
  name: 'late',
  path: (history, horizon) =>
    history.values.length < days * DAY
      ? refuse({ kind: 'too-short', have: history.values.length, need: days * DAY })
      : truth.path(history, horizon),
});
const late = truthFrom(3);

describe('the choice among forecasters', () => {
  it('takes the one whose quantiles of the peak cost least on days it had not seen', () => {
    const flat = fixed('flat', () => 100);
    const artefact = fitted(wave({ days: 10, noise: 0.1, seed: 2 }), [flat, truth, fixed('wrong', () => 900)]);
    expect(artefact.model).toBe('truth');
    expect(artefact.scores.map(({ model }) => model)).toEqual(['truth', 'flat', 'wrong']);
    const losses = artefact.scores.map(({ pinball, pathError }) => pinball! * pathError!);
    expect([...losses].sort((a, b) => a - b)).toEqual(losses);
  });

  it('ranks by peak and path together, and keeps both losses of each', () => {
    const values = wave({ days: 10, noise: 0.1, seed: 2 });
    // Being off throughout is corrected by the newest errors: the peak hardly shows it, the path does.
    const off = fixed('off', (step) => clean[step % DAY]! + 36);
    const early = fixed('early', (step) => clean[(step + 12) % DAY]!);
    const { scores } = fitted(values, [off, fixed('flat', () => 100), early]);
    const ranked = (loss: (score: (typeof scores)[number]) => number) =>
      [...scores].sort((a, b) => loss(a) - loss(b)).map(({ model }) => model);
    expect(ranked(({ pinball }) => pinball!)).toEqual(['off', 'early', 'flat']);
    expect(ranked(({ pathError }) => pathError!)).toEqual(['early', 'flat', 'off']);
    expect(scores.map(({ model }) => model)).toEqual(['early', 'off', 'flat']);
    expect(scores[1]!.pathError).toBeCloseTo(36, 0);
  });

  it('stays with the yardstick unless another is better by a hundredth', () => {
    const artefact = fitted(clean, [
      { ...truth, name: 'first' },
      { ...truth, name: 'second' },
    ]);
    expect(artefact.model).toBe('first');
  });

  it('goes on without one that refuses, and says what it said', () => {
    const broken: Forecaster = { name: 'broken', path: () => refuse({ kind: 'no-signal', reason: 'sulking' }) };
    const artefact = fitted(clean, [broken, truth]);
    expect(artefact.model).toBe('truth');
    expect(artefact.scores.at(-1)).toEqual({
      model: 'broken',
      pinball: null,
      pathError: null,
      refused: 'sulking',
      origins: 0,
    });
  });

  it('refuses less than two days, and a history that no forecaster answers for', () => {
    const broken: Forecaster = { name: 'broken', path: () => refuse({ kind: 'no-signal', reason: 'sulking' }) };
    expect(fitArtefact(seriesOf(clean.subarray(0, DAY)), OPTIONS, NAIVE)).toMatchObject({
      ok: false,
      refusal: { kind: 'too-short', need: 2 * DAY },
    });
    expect(fitArtefact(seriesOf(clean), OPTIONS, [broken])).toMatchObject({
      ok: false,
      refusal: { kind: 'no-signal', reason: 'no model answered: broken: sulking' },
    });
  });

  it('judges one that needs three days of history by the newest two of a load of five', () => {
    const noisy = wave({ days: 5, noise: 0.1, seed: 2 });
    const artefact = fitted(noisy, [fixed('flat', () => 100), late]);
    expect(artefact.model).toBe('late');
    expect(artefact.scores.map(({ model }) => model)).toEqual(['flat', 'late']);
    expect(artefact.scores[1]!.origins).toBeLessThan(artefact.scores[0]!.origins);
    expect(artefact.chosen?.why).toMatch(
      /^better than flat by \d\d\.\d\d % \(peak .*, path .*\) on 2 held-out day\(s\)$/,
    );
    const four = fitted(noisy.subarray(0, 4 * DAY), [fixed('flat', () => 100), late]);
    expect(four.scores.at(-1)).toMatchObject({
      model: 'late',
      refused: expect.stringMatching(/before a held-out day$/),
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('tells nobody better for being judged by fewer days (seed %d)', (seed) => {
    const values = wave({ days: 7, noise: 0.2, seed });
    expect(fitted(values, [truth, truthFrom(5)]).model).toBe('truth');
  });

  it('refuses one that no two held-out days can judge', () => {
    const artefact = fitArtefact(seriesOf(clean.subarray(0, 5 * DAY)), { ...OPTIONS, windowSteps: DAY + 12 }, [
      truth,
      late,
    ]);
    if (!artefact.ok) throw new Error('refused');
    expect(artefact.value.scores.at(-1)).toEqual({
      model: 'late',
      pinball: null,
      pathError: null,
      refused: `too few of its 2 held-out day(s) hold a whole window of ${DAY + 12} steps`,
      origins: 0,
    });
  });

  it('finds a model better than yesterday from the fourth day on', () => {
    expect(fitted(wave({ days: 4, noise: 0.15 }), forecasters(forecasterFiles())).model).not.toMatch(/naive/);
  });

  it('prefers what knows the week where weekends differ', () => {
    const weekly = wave({ days: 21, weekly: 0.4, noise: 0.02 });
    expect(fitted(weekly).model).toBe('seasonal-naive-week');
  });

  it('finds a real model better than repeating the noise of yesterday', () => {
    expect(fitted(wave({ days: 14, noise: 0.15 }), forecasters(forecasterFiles())).model).not.toMatch(/naive/);
  });
});

describe('the artefact', () => {
  it('is the same for the same history, survives JSON bit for bit, and leaves the history as it was', () => {
    const { series, untouched } = guarded(wave({ days: 10 }));
    const [one, two] = [fitArtefact(series, OPTIONS, NAIVE), fitArtefact(series, OPTIONS, NAIVE)];
    expect(one).toEqual(two);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    expect(untouched()).toBe(true);
  });

  it('knows nothing of what comes after the history', () => {
    const history = wave({ days: 12 });
    const changed = history.map((value, i) => (i < 10 * DAY ? value : 3 * value));
    expect(fitted(changed.slice(0, 10 * DAY))).toEqual(fitted(history.slice(0, 10 * DAY)));
  });
});

describe('the forecast of the peak', () => {
  const load = wave({ days: 14, noise: 0.15, seed: 9 });
  const artefact = fitted(load.subarray(0, 12 * DAY));
  const at = (now: number, values = load): PeakForecast => {
    const answer = predictPeak(artefact, seriesOf(values.subarray(12 * DAY, now), 12 * DAY), WINDOW);
    if (!answer.ok) throw new Error(answer.refusal.reason);
    return answer.value;
  };

  it('has quantiles that are finite, not negative, and rise with the level', () => {
    const { quantile } = at(12 * DAY + 100);
    const values = [0.01, 0.1, 0.5, 0.9, 0.99, 0.9999].map(quantile);
    expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect([...values].sort((a, b) => a - b)).toEqual(values);
  });

  it('knows nothing of what comes after its newest known step', () => {
    const now = 12 * DAY + 150;
    const changed = load.map((value, i) => (i < now ? value : 5 * value));
    const [one, two] = [at(now), at(now, changed)];
    expect(one.scenarios).toEqual(two.scenarios);
    expect(one.expectedPath).toEqual(two.expectedPath);
  });

  it('covers the peaks of two unseen days as often as it says, within what 570 windows allow', () => {
    for (const level of [0.5, 0.8, 0.95]) {
      let within = 0;
      let count = 0;
      for (let now = 12 * DAY + 1; now + WINDOW <= load.length; now++) {
        const peak = Math.max(...load.subarray(now, now + WINDOW));
        if (peak <= at(now).quantile(level)) within++;
        count++;
      }
      // Windows overlap by two thirds: three standard deviations of a third as many independent ones.
      const room = 3 * Math.sqrt((level * (1 - level)) / (count / WINDOW));
      expect(Math.abs(within / count - level)).toBeLessThan(room);
    }
  });

  it.each([
    {
      case: 'another grid',
      recent: { ...seriesOf(load.subarray(0, 5), 12 * DAY), stepMs: 60_000 },
      kind: 'wrong-grid',
    },
    { case: 'nothing known', recent: seriesOf(new Float64Array(5).fill(Number.NaN), 12 * DAY), kind: 'no-load' },
    { case: 'an age beyond its path', recent: seriesOf(new Float64Array(3 * DAY).fill(5), 12 * DAY), kind: 'too-old' },
  ])('is refused for $case', ({ recent, kind }) => {
    expect(predictPeak(artefact, recent, WINDOW)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it('is refused for a lead window that was not calibrated', () => {
    const recent = seriesOf(load.subarray(12 * DAY, 12 * DAY + 5), 12 * DAY);
    expect(predictPeak(artefact, recent, WINDOW + 1)).toMatchObject({ ok: false, refusal: { kind: 'wrong-window' } });
  });
});

describe('a choice that stands', () => {
  const standing = fitted(clean, [NAIVE[0]!, truth]);
  const longer = (days: number) => seriesOf(wave({ days, noise: 0 }));

  it.each([
    { case: 'a day later', days: 11, due: false },
    { case: 'once there is half as much again to choose by', days: 15, due: true },
  ])('is due again: $case → $due', ({ days, due }) => {
    expect(choiceDue(standing, longer(days))).toBe(due);
  });

  it('is due after a week, and where nobody knows when it was made', () => {
    const of = (days: number) => ({ ...standing, chosen: { atMs: standing.fittedAtMs, steps: days * DAY } });
    expect(choiceDue(of(30), longer(16))).toBe(false);
    expect(choiceDue(of(30), longer(17))).toBe(true);
    expect(choiceDue({ ...standing, chosen: undefined }, longer(11))).toBe(true);
  });

  it('is fitted to what has come since, and calibrated on it for the same window', () => {
    const renewed = renewArtefact(longer(11), { standing, options: OPTIONS }, [NAIVE[0]!, truth]);
    if (!renewed.ok) throw new Error(JSON.stringify(renewed.refusal));
    const { value } = renewed;
    expect(value.fittedAtMs - standing.fittedAtMs).toBe(86_400_000);
    const { windowSteps, power } = standing.calibration;
    expect(value).toMatchObject({
      model: standing.model,
      chosen: standing.chosen,
      calibration: { windowSteps, power },
    });
    expect(value.path).toHaveLength(OPTIONS.pathSteps);
  });

  it('is calibrated on the load as it came, where outliers were bridged for the fit', () => {
    const spiked = clean.map((load, t) => (t >= 8 * DAY && t % 40 === 0 ? 5 * load : load));
    const highest = (asItCame: Float64Array | undefined): number => {
      const artefact = fitArtefact(seriesOf(clean), { ...OPTIONS, asItCame }, [truth]);
      if (!artefact.ok) throw new Error(JSON.stringify(artefact.refusal));
      return artefact.value.calibration.scores.at(-1)!;
    };
    expect(highest(undefined)).toBeLessThan(1);
    expect(highest(spiked)).toBeGreaterThan(1);
  });

  it('cannot be renewed by a forecaster that is not there any more', () => {
    expect(
      renewArtefact(
        longer(11),
        { standing, options: OPTIONS },
        [truth].filter(() => false),
      ),
    ).toMatchObject({
      ok: false,
      refusal: { reason: `no forecaster "${standing.model}"` },
    });
  });
});
