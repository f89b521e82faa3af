import { BadInputError } from '../../models/kernel/errors.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { type Optimum, optimum } from '../../models/simulate/optimum.ts';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import { sayProblemRefusal } from '../../models/simulate/problem-refusal.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { ScalingScore } from '../../models/simulate/score.ts';
import type { Arm } from './arm.ts';

export interface BacktestTask {
  /** The trace as the person named it. */
  readonly trace: string;
  readonly series: GappedSeries;
  readonly options: ProblemOptions;
  readonly arms: readonly Arm[];
  readonly keepDecisions: boolean;
  readonly onProgress: (line: string) => void;
}

/** What was replayed, before it is written down for anybody. */
export interface BacktestRun {
  readonly trace: string;
  readonly problem: ScalingProblem;
  readonly best: Optimum;
  readonly scores: ReadonlyMap<string, ScalingScore>;
}

/**
 * Replays every arm on the trace and prices it against the clairvoyant optimum. Throws `BadInputError` when the trace is
 * no scaling problem, in words that name the file.
 */
export async function backtest(task: BacktestTask): Promise<BacktestRun> {
  const stated = scalingProblem(task.series, task.options);
  if (!stated.ok) throw new BadInputError(`${task.trace}: ${sayProblemRefusal(stated.refusal)}`);
  const problem = stated.value;
  const best = optimum(problem);
  const scores = new Map<string, ScalingScore>();
  for (const arm of task.arms) {
    const score = await arm.run({
      series: task.series,
      problem,
      oracleJ: best.J,
      keepDecisions: task.keepDecisions,
      onProgress: (share) => task.onProgress(`${arm.name} ${Math.floor(share * 100)} %`),
    });
    scores.set(arm.name, score);
  }
  return { trace: task.trace, problem, best, scores };
}
