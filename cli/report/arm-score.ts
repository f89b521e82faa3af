import type { ScalingScore } from '../../models/simulate/score.ts';
import type { ArmScore } from './report-data.ts';

/** The part of a score that tables and reports show. */
export const armScoreOf = ({ J, ratio, cost, short, breachShare, coldStart }: ScalingScore): ArmScore => ({
  J,
  ratio,
  cost,
  short,
  breachShare,
  coldStartRequests: coldStart.load,
  coldStartShare: coldStart.share,
});
