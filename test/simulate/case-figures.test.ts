import { describe, expect, it } from '@jest/globals';
import { InvariantError } from '../../models/kernel/errors.ts';
import { instant } from '../../models/kernel/series.ts';
import { caseFigures, changeOfFigures, optimumFigures } from '../../models/simulate/case-figures.ts';
import { optimum } from '../../models/simulate/optimum.ts';
import { targetTracking } from '../../models/simulate/policies/target-tracking.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import { scaledLoad } from '../../models/simulate/scaled-load.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';

const series = (values: readonly number[]) => ({
  startMs: instant(0),
  stepMs: 600_000,
  values: Float64Array.from(values),
  mayHaveBlanks: true as const,
});

/** Two flat halves but for one jump in the second, at step 60. */
const jump = series(Array.from({ length: 96 }, (_, i) => (i >= 60 && i < 66 ? 400 : 100)));

const problemOf = (load: typeof jump, penalty = 20) => {
  const stated = scalingProblem(load, { penalty });
  if (!stated.ok) throw new Error(stated.refusal.kind);
  return stated.value;
};

describe('the figures of a case', () => {
  const problem = problemOf(jump);
  const best = optimum(problem);
  const score = runPolicy(problem, targetTracking(0.5), { keepDecisions: true });
  const figures = caseFigures(problem, best, score);

  it('are the score’s, over the optimum of the same case', () => {
    expect(figures).toMatchObject({ J: score.J, cost: score.cost, short: score.short, ratio: score.J / best.J });
  });

  it('place the worst hour where the load jumps', () => {
    expect(figures.worst?.steps).toBe(6);
    expect(figures.worst?.from).toBeGreaterThanOrEqual(60 - problem.scoreFrom - 6);
    expect(figures.worst?.from).toBeLessThanOrEqual(66 - problem.scoreFrom);
  });

  it('of the optimum have no worst hour', () => {
    expect(optimumFigures(best)).toEqual({ J: best.J, ratio: 1, cost: best.cost, short: best.short, worst: null });
  });

  it('are not made of a score without its decisions', () => {
    expect(() => caseFigures(problem, best, runPolicy(problem, targetTracking(0.5)))).toThrow(InvariantError);
  });
});

describe('the change of figures', () => {
  const worst = (excess: number) => ({ from: 0, steps: 6, excess });
  const base = { J: 200, ratio: 1.5, cost: 100, short: 5, worst: worst(-40) };

  it('is a share of the earlier figure, of a ratio the difference', () => {
    expect(changeOfFigures(base, { J: 300, ratio: 1.25, cost: 90, short: 5, worst: worst(-20) })).toEqual({
      J: 0.5,
      ratio: -0.25,
      cost: -0.1,
      short: 0,
      worst: 0.5,
    });
  });

  it('is null where the earlier figure is nothing', () => {
    const none = { ...base, short: 0, worst: null };
    expect(changeOfFigures(none, base)).toMatchObject({ short: null, worst: null });
  });
});

describe('a multiplied load', () => {
  it('keeps grid and blanks and leaves the given one as it was', () => {
    const given = series([1, Number.NaN, 3]);
    expect(scaledLoad(given, 1.5)).toEqual({ ...given, values: Float64Array.of(1.5, Number.NaN, 4.5) });
    expect(given.values).toEqual(Float64Array.of(1, Number.NaN, 3));
  });

  it('that cannot be held is no problem', () => {
    expect(scalingProblem(scaledLoad(series([1, 1, 1e308, 1]), 10))).toMatchObject({
      ok: false,
      refusal: { kind: 'not-a-load', step: 2 },
    });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('is not multiplied by %p', (factor) => {
    expect(() => scaledLoad(jump, factor)).toThrow(InvariantError);
  });
});
