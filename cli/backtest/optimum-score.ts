import { elasticity } from '../../models/simulate/elasticity.ts';
import { coldStartExposure } from '../../models/simulate/score.ts';
import type { ArmScore } from '../report/report-data.ts';
import type { BacktestRun } from './backtest.ts';

/** The clairvoyant optimum's own row. O(steps). */
export function optimumScore({ problem, best: { J, cost, short, capacity } }: BacktestRun): ArmScore {
  const { load: coldStartRequests, share: coldStartShare } = coldStartExposure(problem, capacity);
  const breachShare = elasticity(problem, capacity).tauU;
  return { J, ratio: 1, cost, short, breachShare, coldStartRequests, coldStartShare };
}
