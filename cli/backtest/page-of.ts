import { InvariantError } from '../../models/kernel/errors.ts';
import { dominatorsOf } from '../../models/simulate/dominance.ts';
import { ratioInterval } from '../../models/simulate/ratio-interval.ts';
import { optimumStepPrices, stepPrices } from '../../models/simulate/step-prices.ts';
import { nearestSteps } from '../../models/simulate/steps.ts';
import { worstWindow } from '../../models/simulate/worst-window.ts';
import { armScoreOf } from '../report/arm-score.ts';
import type { BacktestPage, PageArm } from '../report/backtest/page-data.ts';
import type { BacktestRun } from './backtest.ts';
import { optimumScore } from './optimum-score.ts';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;

/** What the page of a run shows. Throws `InvariantError` unless the run kept its decisions. O(arms · steps). */
export function pageOf(run: BacktestRun): BacktestPage {
  const { trace, dated, series, problem, best, scores, repairs } = run;
  const { stepSeconds } = problem;
  const theirs = optimumStepPrices(problem, best);
  const all = [...scores];
  const dominators = dominatorsOf(all.map(([, score]) => score));
  const arms = all.map(([name, score], i): PageArm => {
    const { decisions, ready, billed } = score;
    if (decisions === undefined || ready === undefined || billed === undefined) {
      throw new InvariantError(`the decisions of ${name} were not kept; the page needs them`);
    }
    const ours = stepPrices(problem, { ready, billed });
    return {
      name,
      score: armScoreOf(score),
      interval: ratioInterval(ours, theirs, { blockSteps: nearestSteps(DAY_SECONDS, stepSeconds) }),
      ready,
      desired: decisions,
      worst: worstWindow(ours, theirs, nearestSteps(HOUR_SECONDS, stepSeconds)),
      dominatedBy: all[dominators[i] ?? -1]?.[0],
    };
  });
  return {
    trace,
    dated,
    problem,
    fromMs: series.startMs + (problem.firstStep + problem.scoreFrom) * series.stepMs,
    best,
    optimumScore: optimumScore(run),
    arms,
    repairs,
  };
}
