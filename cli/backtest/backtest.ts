import { BadInputError } from '../../models/kernel/errors.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { optimum } from '../../models/simulate/optimum.ts';
import type { ProblemOptions } from '../../models/simulate/problem-input.ts';
import { sayProblemRefusal } from '../../models/simulate/problem-refusal.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { ScalingScore } from '../../models/simulate/score.ts';
import type { Arm } from './arms.ts';

export interface BacktestTask {
  /** The trace as the person named it. */
  readonly trace: string;
  readonly series: GappedSeries;
  readonly options: ProblemOptions;
  readonly arms: readonly Arm[];
  readonly keepDecisions: boolean;
  readonly onProgress: (line: string) => void;
}

/** A policy's score as `--json` writes it; every number by the definitions of docs/evaluation.md §2.3. */
export interface PolicyFigures {
  readonly J: number;
  readonly ratio: number | null;
  readonly cost: number;
  readonly short: number;
  readonly breachShare: number;
  readonly launches: number;
  readonly thetaU: number;
  readonly thetaO: number;
  readonly tauU: number;
  readonly tauO: number;
  readonly upsilon: number | null;
  /** Desired capacity at each scored step; only when asked for. */
  readonly decisions?: readonly number[];
}

/** What `prescale backtest --json` prints. */
export interface BacktestResult {
  readonly trace: string;
  readonly stepSeconds: number;
  readonly bootSteps: number;
  readonly scoredSteps: number;
  readonly filledSteps: number;
  readonly meanNeed: number;
  readonly maxNeed: number;
  readonly oracle: { readonly J: number; readonly cost: number };
  readonly policies: Readonly<Record<string, PolicyFigures>>;
}

/**
 * Replays every arm on the trace and prices it against the clairvoyant optimum. Throws `BadInputError` when the trace is
 * no scaling problem, in words that name the file.
 */
export async function backtest(task: BacktestTask): Promise<BacktestResult> {
  const stated = scalingProblem(task.series, task.options);
  if (!stated.ok) throw new BadInputError(`${task.trace}: ${sayProblemRefusal(stated.refusal)}`);
  const problem = stated.value;
  const best = optimum(problem);
  const policies: Record<string, PolicyFigures> = {};
  for (const arm of task.arms) {
    const score = await arm.run({
      series: task.series,
      problem,
      oracleJ: best.J,
      keepDecisions: task.keepDecisions,
      onProgress: (share) => task.onProgress(`${arm.name} ${Math.floor(share * 100)} %`),
    });
    policies[arm.name] = figuresOf(score);
  }
  return { trace: task.trace, ...factsOf(problem), oracle: { J: best.J, cost: best.cost }, policies };
}

const factsOf = ({ stepSeconds, bootSteps, scoreFrom, scoreTo, filledSteps, meanNeed, maxNeed }: ScalingProblem) => ({
  stepSeconds,
  bootSteps,
  scoredSteps: scoreTo - scoreFrom,
  filledSteps,
  meanNeed,
  maxNeed,
});

function figuresOf(score: ScalingScore): PolicyFigures {
  const { J, ratio, cost, short, breachShare, launches, thetaU, thetaO, tauU, tauO, upsilon, decisions } = score;
  const figures = { J, ratio, cost, short, breachShare, launches, thetaU, thetaO, tauU, tauO, upsilon };
  return decisions === undefined ? figures : { ...figures, decisions: Array.from(decisions) };
}
