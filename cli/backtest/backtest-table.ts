import { duration, load, number } from '../page/format.ts';
import { armScoreOf } from '../report/arm-score.ts';
import { priceTable } from '../report/price-table.ts';
import type { BacktestRun } from './backtest.ts';
import { optimumScore } from './optimum-score.ts';

/** A run as a table for people: what was replayed, each policy's price, and the optimum's. */
export function backtestTable(run: BacktestRun): string {
  const { trace, problem, scores, repairs } = run;
  const { stepSeconds, bootSteps, scoreFrom, scoreTo, filledSteps, meanNeed, maxNeed, penalty } = problem;
  const head = [
    `${trace}: ${number(scoreTo - scoreFrom)} scored steps of ${duration(stepSeconds)}, boot ${bootSteps} step(s),`,
    `penalty ${number(penalty, 3)}, need ${load(meanNeed)} on average and ${maxNeed} at most, ${number(filledSteps)} blank step(s)`,
  ];
  const arms = [...scores].map(([name, score]) => ({ name, score: armScoreOf(score) }));
  const repaired = repairs.map((repair) => `\n${repair}`);
  return `${head.join(' ')}${repaired.join('')}\n\n${priceTable([...arms, { name: 'optimum', score: optimumScore(run) }])}`;
}
