import { BadInputError } from '../../models/kernel/errors.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { type Optimum, optimum } from '../../models/simulate/optimum.ts';
import { problemDoubts } from '../../models/simulate/problem-doubts.ts';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import { MOST_UNITS, sayProblemRefusal } from '../../models/simulate/problem-refusal.ts';
import type { Roughness } from '../../models/simulate/rough-score.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { ScalingScore } from '../../models/simulate/score.ts';
import type { ArmAnswer, ArmJob } from './arm-job.ts';
import type { LoadSource } from './load-source.ts';
import { type RunOptions, runJobs } from './run-jobs.ts';
import { sayDoubt } from './say-doubt.ts';

/** A recorded load as a scaling problem, with the price that nobody can beat; `repairs` says what is odd about it too. */
export interface StatedTrace extends Pick<LoadSource, 'trace' | 'series' | 'dated' | 'repairs'> {
  readonly problem: ScalingProblem;
  readonly best: Optimum;
  /** A rougher world than the problem's to play in, where one is asked for. */
  readonly roughness?: Roughness;
}

/** What was replayed, before it is written down for anybody. */
export interface BacktestRun extends StatedTrace {
  /** By policy, in the order of the arms. */
  readonly scores: ReadonlyMap<string, ScalingScore>;
}

export interface BacktestOptions extends RunOptions {
  /** Names of arms, in the order in which they shall be shown. */
  readonly arms: readonly string[];
  readonly keepDecisions: boolean;
}

/**
 * States the problem; throws `BadInputError` in words that name the trace, and for a load without measure its line, when
 * it is none.
 */
export function stateTrace(source: LoadSource, options: ProblemOptions): StatedTrace {
  const { trace, series, dated } = source;
  const stated = scalingProblem(series, options);
  if (stated.ok) {
    const problem = stated.value;
    const repairs = [...source.repairs, ...doubtsOf(problem, source, options), ...delayWords(problem)];
    return { trace, series, dated, repairs, problem, best: optimum(problem) };
  }
  const { refusal } = stated;
  if (refusal.kind !== 'too-many-units') throw new BadInputError(`${trace}: ${sayProblemRefusal(refusal)}`);
  const { step, need } = refusal;
  throw new BadInputError(
    `${trace}: ${source.whereIs(step)}: got ${series.values[step]}, which takes ${need} units; at most ${MOST_UNITS} are understood`,
  );
}

/** What a unit is short by, where it is not its utilisation: two runs of a load cannot be told apart otherwise. */
function delayWords({ delay }: ScalingProblem): readonly string[] {
  if (delay === undefined) return [];
  const { quantile, over, seconds, serviceSeconds, serviceVariation } = delay;
  const limit = `${over === 'wait' ? 'wait' : 'take'} at most ${seconds} s`;
  return [
    `the need is the least capacity with which ${100 * quantile} % of requests ${limit}; service takes ${serviceSeconds} s in the mean, with a variation of ${serviceVariation}`,
  ];
}

const doubtsOf = (problem: ScalingProblem, source: LoadSource, { unitThroughput }: ProblemOptions): readonly string[] =>
  problemDoubts(problem, unitThroughput === undefined).map((doubt) =>
    sayDoubt(doubt, (step) => source.whereIs(problem.firstStep + step)),
  );

/**
 * Replays every arm on every trace and prices it against the clairvoyant optimum; the answers do not depend on the number
 * of workers. A trace on which an arm cannot be replayed is refused in that arm's words. O(traces · arms · steps).
 */
export async function backtest(
  traces: readonly StatedTrace[],
  options: BacktestOptions,
): Promise<readonly Result<BacktestRun, string>[]> {
  const { arms, keepDecisions } = options;
  const jobs = traces.flatMap(({ series, problem, best, roughness }) => {
    const world = roughness === undefined ? {} : { roughness };
    return arms.map((arm): ArmJob => ({ arm, series, problem, oracleJ: best.J, keepDecisions, ...world }));
  });
  const answers = await runJobs(jobs, options);
  return traces.map((stated, i) => runOf(stated, arms, answers.slice(i * arms.length, (i + 1) * arms.length)));
}

function runOf(
  stated: StatedTrace,
  arms: readonly string[],
  answers: readonly ArmAnswer[],
): Result<BacktestRun, string> {
  const scores = new Map<string, ScalingScore>();
  for (const [i, answer] of answers.entries()) {
    if (!answer.ok) return refuse(answer.refusal);
    scores.set(arms[i]!, answer.value);
  }
  return accept({ ...stated, scores });
}
