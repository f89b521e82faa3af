import { elasticity } from '../../models/simulate/elasticity.ts';
import { coldStartExposure } from '../../models/simulate/score.ts';
import { armScoreOf } from '../report/arm-score.ts';
import { duration, load, number } from '../report/format.ts';
import { priceTable } from '../report/price-table.ts';
import type { ArmScore } from '../report/report-data.ts';
import type { BacktestRun } from './backtest.ts';

/** A run as a table for people: what was replayed, each policy's price, and the optimum's. */
export function backtestTable(run: BacktestRun): string {
  const { trace, problem, scores, repairs } = run;
  const { stepSeconds, bootSteps, scoreFrom, scoreTo, filledSteps, meanNeed, maxNeed, penalty } = problem;
  const head = [
    `${trace}: ${number(scoreTo - scoreFrom)} scored steps of ${duration(stepSeconds)}, boot ${bootSteps} step(s),`,
    `penalty ${number(penalty, 2)}, need ${load(meanNeed)} on average and ${maxNeed} at most, ${number(filledSteps)} blank step(s)`,
  ];
  const arms = [...scores].map(([name, score]) => ({ name, score: armScoreOf(score) }));
  const repaired = repairs.map((repair) => `\n${repair}`);
  return `${head.join(' ')}${repaired.join('')}\n\n${priceTable([...arms, { name: 'optimum', score: optimumScore(run) }])}`;
}

function optimumScore({ problem, best: { J, cost, short, capacity } }: BacktestRun): ArmScore {
  const { load: coldStartRequests, share: coldStartShare } = coldStartExposure(problem, capacity);
  return {
    J,
    ratio: 1,
    cost,
    short,
    breachShare: elasticity(problem, capacity).tauU,
    coldStartRequests,
    coldStartShare,
  };
}
