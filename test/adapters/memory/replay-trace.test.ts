import { describe, expect, it } from '@jest/globals';
import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { replayTrace } from '../../../adapters/memory/replay-trace.ts';
import { type GappedSeries, instant } from '../../../models/kernel/series.ts';
import { tunedReactive } from '../../../models/simulate/policies/tuned-reactive.ts';
import { runPolicy, scoreCapacities } from '../../../models/simulate/run.ts';
import { type ScalingProblem, scalingProblem } from '../../../models/simulate/scaling-problem.ts';

const HOUR_MS = 3_600_000;

/** Ten days of a sharp daily rush, hourly, with a boot of one hour: what reacts is always late. It stays below the double, which is all that one step may add. */
const rush = (change: (value: number, t: number) => number = (value) => value): GappedSeries => ({
  startMs: instant(0),
  stepMs: HOUR_MS,
  values: Float64Array.from({ length: 240 }, (_, t) => change((t % 24 >= 9 && t % 24 < 18 ? 1000 : 550) + (t % 7), t)),
  mayHaveBlanks: true,
});

const problemOf = (series: GappedSeries): ScalingProblem => {
  const problem = scalingProblem(series, { bootSeconds: 3600 });
  if (!problem.ok) throw new Error(problem.refusal.kind);
  return problem.value;
};

const decided = async (series: GappedSeries): Promise<Int32Array> => {
  const answer = await replayTrace({ series, problem: problemOf(series), fitter: directFitter() });
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value;
};

describe('replayTrace', () => {
  it('has the capacity of a daily rush booted when the rush begins, which a reactive policy cannot', async () => {
    const problem = problemOf(rush());
    const controller = scoreCapacities(problem, await decided(rush()));
    expect(controller.breachShare).toBeLessThan(0.01);
    expect(runPolicy(problem, tunedReactive).J).toBeGreaterThan(controller.J);
  });

  it('decides the same twice', async () => {
    expect(await decided(rush())).toEqual(await decided(rush()));
  });

  it.each([
    { case: 'tripled', change: (value: number, t: number) => (t >= 216 ? 3 * value : value) },
    { case: 'blanked', change: (value: number, t: number) => (t >= 216 && t < 239 ? Number.NaN : value) },
    { case: 'shuffled', change: (value: number, t: number) => (t >= 216 ? 300 + ((t * 7919) % 701) : value) },
  ])('never looks ahead: with the last tenth $case, all earlier decisions stay', async ({ change }) => {
    const before = (await decided(rush())).subarray(0, 216 - 120);
    expect((await decided(rush(change))).subarray(0, 216 - 120)).toEqual(before);
  });

  it('refuses a step that no CloudWatch period has', async () => {
    const series = { ...rush(), stepMs: 90_000 };
    const problem = problemOf(series);
    expect(await replayTrace({ series, problem, fitter: directFitter() })).toMatchObject({
      ok: false,
      refusal: { kind: 'step' },
    });
  });
});
