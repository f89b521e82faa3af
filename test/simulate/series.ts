import type { GappedSeries } from '../../models/kernel/series.ts';
import { instant } from '../../models/kernel/series.ts';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import type { Replay, ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';

/** A load at a step of `stepSeconds` (300 unless given); NaN is a blank. */
export const gapped = (values: readonly number[], stepSeconds = 300): GappedSeries => ({
  startMs: instant(0),
  stepMs: stepSeconds * 1000,
  values: Float64Array.from(values),
  mayHaveBlanks: true,
});

/** The problem that a load poses; fails the test when it is refused. */
export function problemOf(series: GappedSeries, options?: ProblemOptions): ScalingProblem {
  const problem = scalingProblem(series, options);
  if (!problem.ok) throw new Error(`refused: ${JSON.stringify(problem.refusal)}`);
  return problem.value;
}

export interface ReplayShape {
  readonly need: readonly number[];
  readonly blank?: readonly boolean[];
  readonly bootSteps?: number;
  readonly lagSteps?: number;
  readonly penalty?: number;
  readonly scoreFrom?: number;
}

/** A replay with the given needs, where one unit of load needs one unit of capacity: μ = 1 / 0.8. */
export const replayWith = ({
  need,
  blank,
  bootSteps = 1,
  lagSteps = 0,
  penalty = 20,
  scoreFrom = 0,
}: ReplayShape): Replay => ({
  stepSeconds: 300,
  bootSteps,
  lagSteps,
  mu: 1 / 0.8,
  penalty,
  load: Float64Array.from(need),
  blank: Uint8Array.from(need, (_, i) => Number(blank?.[i] ?? false)),
  need: Int32Array.from(need),
  scoreFrom,
  scoreTo: need.length,
});
