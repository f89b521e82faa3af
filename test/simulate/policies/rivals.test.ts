import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { knownLoad } from '../../../models/simulate/known-load.ts';
import { awsPredictive } from '../../../models/simulate/policies/aws-predictive.ts';
import { hist } from '../../../models/simulate/policies/hist.ts';
import { hourlyForecast } from '../../../models/simulate/policies/hourly-forecast.ts';
import { hourlyLoad } from '../../../models/simulate/policies/hourly-load.ts';
import { hpa } from '../../../models/simulate/policies/hpa.ts';
import { lcp } from '../../../models/simulate/policies/lcp.ts';
import { newsvendor } from '../../../models/simulate/policies/newsvendor.ts';
import { reg } from '../../../models/simulate/policies/reg.ts';
import { scheduled } from '../../../models/simulate/policies/scheduled.ts';
import { stepScaling } from '../../../models/simulate/policies/step-scaling.ts';
import { targetTracking } from '../../../models/simulate/policies/target-tracking.ts';
import type { ScalingPolicy } from '../../../models/simulate/policy.ts';
import { runPolicy } from '../../../models/simulate/run.ts';
import type { Replay } from '../../../models/simulate/scaling-problem.ts';
import { seeded } from '../../seeded.ts';
import { type ReplayShape, replayWith } from '../series.ts';

// One unit of load needs one unit of capacity at 80 % use, so ready units at need n are used n/ready · 80 %.
const onGrid = (shape: ReplayShape, stepSeconds = 60): Replay => ({ ...replayWith(shape), stepSeconds });
const desiredBy = (policy: ScalingPolicy, problem: Replay): readonly number[] => [
  ...(runPolicy(problem, policy, { keepDecisions: true }).decisions ?? []),
];
const repeated = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('the pod autoscaler', () => {
  it.each([
    { case: 'goes out at once to what the target asks for', need: [10, 12], desired: [12, 14] },
    { case: 'leaves use within a tenth of the target alone', need: [10, 9], desired: [12, 12] },
    { case: 'subtracts what still boots', need: [10, 10, 10], desired: [12, 12, 12] },
    { case: 'believes no use above 100 %', need: [8, 100], desired: [10, 12] },
  ])('$case', ({ need, desired }) => {
    expect(desiredBy(hpa(0.7), onGrid({ need, bootSteps: 5 }))).toEqual(desired);
  });

  it('goes in to the largest recommendation of the last five minutes', () => {
    const wanted = desiredBy(hpa(0.85), onGrid({ need: [10, 5, 7, 5, 5, 5, 5, 5, 5, 5] }));
    expect(wanted).toEqual([10, 10, 10, 10, 10, 7, 7, 5, 5, 5]);
  });

  it('adds no more than four units or its own size in fifteen seconds', () => {
    const wanted = desiredBy(hpa(0.1), onGrid({ need: repeated(5, 2), bootSteps: 9 }, 5));
    expect(wanted).toEqual([6, 6, 6, 12, 12]);
  });
});

describe('step scaling', () => {
  it.each([
    { case: 'adds a tenth from 60 %', need: 8, ready: 10, desired: 11 },
    { case: 'adds three tenths from 70 %', need: 9, ready: 10, desired: 13 },
    { case: 'rests between 40 and 60 %', need: 6, ready: 10, desired: 10 },
    { case: 'removes a tenth at 40 %', need: 10, ready: 20, desired: 18 },
    { case: 'removes three tenths at 30 %', need: 3, ready: 10, desired: 7 },
    { case: 'adds one unit at least', need: 3, ready: 3, desired: 4 },
  ])('$case once an alarm has lasted four minutes', ({ need, ready, desired }) => {
    const problem = onGrid({ need: repeated(4, need), bootSteps: 9 });
    const { decisions } = runPolicy(problem, stepScaling, { keepDecisions: true, initialReady: ready });
    expect([...(decisions ?? [])]).toEqual([ready, ready, ready, desired]);
  });

  it('adds nothing twice while units warm up, but what a harder step asks for', () => {
    const need = [8, 8, 8, 8, 8, 9, 9];
    const problem = onGrid({ need, bootSteps: 9 });
    const { decisions } = runPolicy(problem, stepScaling, { keepDecisions: true, initialReady: 10 });
    expect([...(decisions ?? [])]).toEqual([10, 10, 10, 11, 11, 13, 13]);
  });

  it('removes nothing while units boot', () => {
    const need = [...repeated(4, 9), ...repeated(8, 1)];
    const { decisions } = runPolicy(onGrid({ need, bootSteps: 6 }), stepScaling, {
      keepDecisions: true,
      initialReady: 10,
    });
    expect([...(decisions ?? [])].slice(3)).toEqual([...repeated(6, 13), 10, 7, 5]);
  });
});

describe('lazy provisioning', () => {
  it.each([
    {
      case: 'lets a unit go once keeping it idle has cost a launch',
      need: [3, 1, 1, 1, 1],
      bootSteps: 2,
      desired: [3, 3, 1, 1, 1],
    },
    { case: 'lets a rise go that is dearer to serve', need: [1, 2, 1], bootSteps: 25, desired: [1, 1, 1] },
    { case: 'follows a rise that is worth a launch', need: [1, 3, 3], bootSteps: 5, desired: [1, 3, 3] },
  ])('$case', ({ need, bootSteps, desired }) => {
    expect(desiredBy(lcp, onGrid({ need, bootSteps }))).toEqual(desired);
  });

  it('costs at most three times the optimum of the same load when launches serve at once', () => {
    const needs = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(needs, fc.integer({ min: 1, max: 9 }), (need, bootSteps) => {
        const wanted = desiredBy(lcp, onGrid({ need, bootSteps }));
        const price = (capacity: readonly number[]): number =>
          capacity.reduce((sum, n, i) => {
            const launched = Math.max(0, n - (capacity[i - 1] ?? need[0]!));
            return sum + n + bootSteps * launched + 20 * Math.max(0, need[i]! - n);
          }, 0);
        // Following the need exactly is never cheaper than the optimum, so this bound is the looser one.
        expect(price(wanted)).toBeLessThanOrEqual(3 * price(need));
      }),
    );
  });
});

describe('regression', () => {
  it('goes out by the need of now', () => {
    expect(desiredBy(reg, onGrid({ need: [2, 5, 9], bootSteps: 3 }))).toEqual([2, 5, 9]);
  });

  it('goes in to where the parabola of the last hour leads, not below the need of now', () => {
    const falling = Array.from({ length: 40 }, (_, i) => 100 - 2 * i);
    const wanted = desiredBy(reg, onGrid({ need: falling, bootSteps: 5, scoreFrom: 20 }));
    expect(wanted).toEqual(falling.slice(20));
  });

  it('keeps what it will need again when the parabola turns upwards', () => {
    // 10 + (i − 20)²: at step 18 the need is 14, and five steps later 19.
    const valley = Array.from({ length: 30 }, (_, i) => 10 + (i - 20) ** 2);
    expect(desiredBy(reg, onGrid({ need: valley, bootSteps: 5, scoreFrom: 17 })).slice(0, 2)).toEqual([19, 19]);
  });
});

/** Half-hour steps; by day (hours 8 to 19) `high` units are needed, by night 2. */
const dayAndNight = (days: number, high: (day: number) => number): number[] =>
  Array.from({ length: 48 * days }, (_, i) => (i % 48 >= 16 && i % 48 < 40 ? high(Math.floor(i / 48)) : 2));
const halfHours = (need: readonly number[], changes: Partial<ReplayShape> = {}): Replay =>
  onGrid({ need, scoreFrom: 48 * 8, ...changes }, 1800);

describe('a timetable', () => {
  it('holds what the hour of the week needed, and launches it one boot early', () => {
    const wanted = desiredBy(scheduled, halfHours(dayAndNight(9, () => 20)));
    expect(wanted.slice(13, 18)).toEqual([2, 2, 20, 20, 20]);
    expect(wanted.slice(38, 42)).toEqual([20, 20, 2, 2]);
  });

  it('is not revised by what comes', () => {
    const wanted = desiredBy(scheduled, halfHours(dayAndNight(9, (day) => (day < 8 ? 20 : 90))));
    expect(Math.max(...wanted)).toBe(20);
  });

  it('knows weekdays apart', () => {
    const wanted = desiredBy(
      scheduled,
      halfHours(
        dayAndNight(15, (day) => (day % 7 === 6 ? 5 : 20)),
        { scoreFrom: 48 * 13 },
      ),
    );
    expect([wanted[20], wanted[68]]).toEqual([5, 20]);
  });

  it('takes the hour of the day while it has not seen the hour of the week', () => {
    const wanted = desiredBy(
      scheduled,
      halfHours(
        dayAndNight(5, () => 20),
        { scoreFrom: 48 * 3 },
      ),
    );
    expect([wanted[5], wanted[20]]).toEqual([2, 20]);
  });

  it('does not take an hour that has only begun for one that it has seen', () => {
    const begun = 48 * 3 + 16;
    const need = dayAndNight(5, () => 20).with(begun, 2);
    expect(desiredBy(scheduled, halfHours(need, { scoreFrom: begun }))[0]).toBe(20);
  });
});

describe('histograms', () => {
  it('hold the high percentile of the hour, one boot ahead of it', () => {
    const wanted = desiredBy(hist, halfHours(dayAndNight(9, () => 20)));
    expect(wanted.slice(13, 18)).toEqual([2, 2, 20, 20, 20]);
  });

  it('add what the last hours had more than predicted', () => {
    const wanted = desiredBy(hist, halfHours(dayAndNight(9, (day) => (day < 8 ? 20 : 29))));
    // From hour 11 on, three hours have been nine units too high.
    expect(wanted.slice(22, 30)).toEqual(repeated(8, 29));
  });

  it('react to a surprise within the step', () => {
    const wanted = desiredBy(hist, halfHours(dayAndNight(9, (day) => (day < 8 ? 20 : 40))));
    expect(wanted[16]).toBe(40);
  });
});

describe('predictive scaling', () => {
  const predictable = dayAndNight(9, () => 20);

  it('has the capacity of an hour five minutes before it begins', () => {
    const problem = halfHours(predictable);
    const wanted = desiredBy(awsPredictive, problem);
    // ⌈20·0.8 / 0.7⌉ = 23; half a step is launched ahead at most, and a step is half an hour.
    expect(wanted.slice(14, 17)).toEqual([3, 23, 23]);
    expect(desiredBy(targetTracking(0.7), problem)[15]).toBe(3);
  });

  it('tracks its target alone while less than a day is known', () => {
    const problem = onGrid({ need: predictable.slice(0, 48), scoreFrom: 24 }, 1800);
    expect(desiredBy(awsPredictive, problem)).toEqual(desiredBy(targetTracking(0.7), problem));
  });

  it('leaves going in to target tracking, and lets it go no lower than the forecast', () => {
    const quiet = desiredBy(awsPredictive, halfHours(dayAndNight(9, (day) => (day < 8 ? 20 : 2))));
    expect(Math.min(...quiet.slice(16, 40))).toBe(23);
    expect(quiet.slice(40, 44)).toEqual([3, 3, 3, 3]);
  });

  it('reads the largest five-minute mean of whole hours alone', () => {
    const minutes = Array.from({ length: 130 }, (_, i) => (i >= 60 && i < 65 ? 10 + i : 7));
    const hourly = hourlyLoad(60);
    hourly.read(knownLoad(onGrid({ need: minutes }), 129));
    expect(hourly.peaks).toEqual([7, 72]);
  });
});

describe('an hourly forecast', () => {
  const daily = (days: number, at: (hour: number, day: number) => number): number[] =>
    Array.from({ length: 24 * days }, (_, i) => at(i % 24, Math.floor(i / 24)));

  it.each([
    { case: 'is empty below one day', values: daily(1, (h) => h).slice(1), expected: [] },
    { case: 'repeats one day', values: daily(1, (h) => h), expected: daily(2, (h) => h) },
    {
      case: 'averages days where weekdays tell nothing',
      values: daily(4, (h, day) => h + (day % 2)),
      expected: daily(2, (h) => h + 0.5),
    },
    {
      case: 'follows weekdays where they tell more',
      values: daily(14, (h, day) => (day % 7 >= 5 ? 1 : h)),
      expected: daily(2, (h) => h),
    },
  ])('$case', ({ values, expected }) => {
    expect(hourlyForecast(values)).toEqual(expected);
  });
});

describe('the newsvendor', () => {
  it('holds what is needed when the load never errs', () => {
    expect(new Set(desiredBy(newsvendor, onGrid({ need: repeated(120, 8), scoreFrom: 60 })))).toEqual(new Set([8]));
  });

  it('covers noise about as often as the price of a shortage asks for', () => {
    const next = seeded(3);
    const need = Array.from({ length: 6000 }, () => 20 + Math.floor(20 * next()));
    const { breachShare } = runPolicy(onGrid({ need, scoreFrom: 3000 }), newsvendor);
    expect(breachShare).toBeGreaterThan(0.02);
    expect(breachShare).toBeLessThanOrEqual(0.06);
  });
});
