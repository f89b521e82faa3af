import type { GappedSeries } from '../../models/kernel/series.ts';
import type { Roughness } from '../../models/simulate/rough-score.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { ScalingScore } from '../../models/simulate/score.ts';

/** What every arm of one backtest is given. */
export interface ArmInput {
  readonly series: GappedSeries;
  readonly problem: ScalingProblem;
  readonly oracleJ: number;
  readonly keepDecisions: boolean;
  /** A rougher world than the problem's, where one is asked for. */
  readonly roughness?: Roughness;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress: (share: number) => void;
}

/** One policy that a trace can be replayed with. */
export interface Arm {
  readonly name: string;
  readonly run: (input: ArmInput) => Promise<ScalingScore>;
}
