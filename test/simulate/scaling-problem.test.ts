import { describe, expect, it } from '@jest/globals';
import { serversForDelay } from '../../models/queue/need-for-delay.ts';
import { sayProblemRefusal } from '../../models/simulate/problem-refusal.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { gapped, problemOf } from './series.ts';

const { NaN: blank, POSITIVE_INFINITY: infinite } = Number;

describe('scalingProblem', () => {
  it('sizes a unit by the mean load before the score: mean need 20 at 80 % use', () => {
    const { mu, need } = problemOf(gapped([80, 120, 100, 50]));
    expect(mu).toBeCloseTo(100 / 16, 12);
    expect([...need]).toEqual([16, 24, 20, 10]);
  });

  it('takes as many units as an objective for delay asks for, where there is one', () => {
    // Five-minute steps: a unit that carries 600 a step serves 2 a second, two at once at 1 s each.
    const delay = { quantile: 0.99, over: 'response', seconds: 6, serviceSeconds: 1, serviceVariation: 1 } as const;
    const loads = [6000, 9000, 6000, 9000];
    const { need, delay: kept } = problemOf(gapped(loads), { unitThroughput: 600, delay });
    expect(kept).toEqual({ ...delay, serversPerUnit: 2 });
    expect([...need]).toEqual(loads.map((load) => Math.ceil(serversForDelay(load / 300, delay) / 2)));
    expect([...need]).not.toEqual([...problemOf(gapped(loads), { unitThroughput: 600 }).need]);
  });

  it.each([
    { case: 'a unit that serves less than one request at once', seconds: 6, unitThroughput: 240, kind: 'no-server' },
    { case: 'a limit that service alone breaks', seconds: 4, unitThroughput: 600, kind: 'not-keepable' },
  ])('refuses an objective for delay with $case', ({ seconds, unitThroughput, kind }) => {
    const delay = { quantile: 0.99, over: 'response', seconds, serviceSeconds: 1, serviceVariation: 1 } as const;
    const refused = scalingProblem(gapped([6000, 9000, 6000, 9000]), { unitThroughput, delay });
    expect(refused).toMatchObject({ ok: false, refusal: { kind } });
    if (!refused.ok) expect(sayProblemRefusal(refused.refusal)).toMatch(/is needed$/);
  });

  it('leaves blanks out of that mean', () => {
    expect(problemOf(gapped([100, blank, 100, 100, 100, 100])).mu).toBeCloseTo(100 / 16, 12);
  });

  it('scores from the middle, rounded down, to the end', () => {
    const { scoreFrom, scoreTo } = problemOf(gapped([1, 1, 1, 1, 1]));
    expect([scoreFrom, scoreTo]).toEqual([2, 5]);
  });

  it('cuts blanks at both ends before it looks for the middle', () => {
    const { firstStep, scoreFrom, scoreTo, load } = problemOf(gapped([blank, blank, 1, 2, 3, 4, blank]));
    expect({ firstStep, scoreFrom, scoreTo, load: [...load] }).toEqual({
      firstStep: 2,
      scoreFrom: 2,
      scoreTo: 4,
      load: [1, 2, 3, 4],
    });
  });

  it('carries the last value over blanks inside, remembers them and counts them', () => {
    const problem = problemOf(gapped([1, 2, blank, blank, 3, 1]));
    expect([...problem.load]).toEqual([1, 2, 2, 2, 3, 1]);
    expect([...problem.blank]).toEqual([0, 0, 1, 1, 0, 0]);
    expect(problem.filledSteps).toBe(2);
  });

  it('places a score range by the indices of the given series, trailing blanks within it included', () => {
    const problem = problemOf(gapped([blank, 1, 1, 1, 5, blank, 9]), { scoreFrom: 3, scoreTo: 6 });
    expect({ ...problem, load: [...problem.load] }).toMatchObject({ scoreFrom: 2, scoreTo: 5, load: [1, 1, 1, 5, 5] });
  });

  it('sums need up over the scored steps only', () => {
    const { meanNeed, maxNeed } = problemOf(gapped([300, 100, 10, 30]), { unitThroughput: 12.5 });
    expect([meanNeed, maxNeed]).toEqual([2, 3]);
  });

  it.each([
    { case: 'exactly n units need n, not n + 1', load: 0.3, unitThroughput: 0.125, need: 3 },
    { case: 'a hair more needs one more', load: 0.30001, unitThroughput: 0.125, need: 4 },
    { case: 'no load needs one unit', load: 0, unitThroughput: 1, need: 1 },
  ])('$case', ({ load, unitThroughput, need }) => {
    expect(problemOf(gapped([1, load]), { unitThroughput }).need[1]).toBe(need);
  });

  it.each([
    { case: 'five minutes are five steps of a minute', stepSeconds: 60, bootSeconds: 300, steps: 5 },
    { case: 'a part of a step counts whole', stepSeconds: 60, bootSeconds: 301, steps: 6 },
    { case: 'a boot within a step takes one', stepSeconds: 600, bootSeconds: 300, steps: 1 },
    { case: 'no boot at all takes one', stepSeconds: 60, bootSeconds: 0, steps: 1 },
  ])('boot: $case', ({ stepSeconds, bootSeconds, steps }) => {
    expect(problemOf(gapped([1, 1, 1, 1], stepSeconds), { bootSeconds }).bootSteps).toBe(steps);
  });

  it.each([
    { case: 'none by default', stepSeconds: 60, lagSeconds: undefined, steps: 0 },
    { case: 'two minutes are two steps of a minute', stepSeconds: 60, lagSeconds: 120, steps: 2 },
    { case: 'a part of a step counts whole', stepSeconds: 300, lagSeconds: 120, steps: 1 },
  ])('lag: $case', ({ stepSeconds, lagSeconds, steps }) => {
    const options = lagSeconds === undefined ? {} : { lagSeconds };
    expect(problemOf(gapped([1, 1, 1, 1, 1, 1, 1, 1], stepSeconds), options).lagSteps).toBe(steps);
  });

  it('leaves the series untouched', () => {
    const series = gapped([blank, 1, blank, 3, 4]);
    problemOf(series);
    expect([...series.values]).toEqual([blank, 1, blank, 3, 4]);
  });
});

describe('scalingProblem refuses', () => {
  it.each([
    { case: 'an empty series', values: [], options: {}, says: /holds no value at all/ },
    { case: 'blanks alone', values: [blank, blank], options: {}, says: /holds no value at all/ },
    { case: 'a negative load', values: [1, -2, 3, 4], options: {}, says: /step 1 holds -2/ },
    { case: 'an infinite load', values: [1, 2, infinite, 4], options: {}, says: /step 2 holds Infinity/ },
    { case: 'one step', values: [7], options: {}, says: /cannot score steps 0 to 1 of 1/ },
    { case: 'no load before the score', values: [0, 0, 5, 5], options: {}, says: /before step 2 is zero or blank/ },
    {
      case: 'a score from the first step',
      values: [1, 1],
      options: { scoreFrom: 0 },
      says: /cannot score steps 0 to 2/,
    },
    { case: 'a score beyond the end', values: [1, 1], options: { scoreTo: 3 }, says: /cannot score steps 1 to 3 of 2/ },
    {
      case: 'an empty score',
      values: [1, 1, 1],
      options: { scoreFrom: 2, scoreTo: 2 },
      says: /cannot score steps 2 to 2/,
    },
    {
      case: 'a lag as long as the past',
      values: [1, 1, 1, 1],
      options: { lagSeconds: 600 },
      says: /2 steps lie before .* 4 are needed/,
    },
    { case: 'a negative boot', values: [1, 1], options: { bootSeconds: -1 }, says: /bootSeconds is -1/ },
    { case: 'a penalty that is no number', values: [1, 1], options: { penalty: Number.NaN }, says: /penalty is NaN/ },
    {
      case: 'a mean of no units',
      values: [1, 1],
      options: { meanUnits: 0 },
      says: /meanUnits is 0; .* greater than 0/,
    },
    {
      case: 'a unit that carries nothing',
      values: [1, 1],
      options: { unitThroughput: 0 },
      says: /unitThroughput is 0/,
    },
    { case: 'a score from half a step', values: [1, 1], options: { scoreFrom: 0.5 }, says: /scoreFrom is 0.5/ },
    {
      case: 'a load too small to be divided',
      values: [1e-305, 1e-305],
      options: {},
      says: /one unit would carry \d.*e-30\d/,
    },
    { case: 'a load whose sum is endless', values: [1e308, 1e308, 1, 1], options: {}, says: /would carry Infinity/ },
    { case: 'millions of units', values: [1, 1e9], options: {}, says: /step 1 needs \d+ units; at most 1000000/ },
  ])('$case', ({ values, options, says }) => {
    const problem = scalingProblem(gapped(values), options);
    expect(problem.ok ? 'accepted' : sayProblemRefusal(problem.refusal)).toMatch(says);
  });
});
