import { BadInputError } from '../../models/kernel/errors.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { policies } from '../../models/simulate/policies/registry.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { ScalingScore } from '../../models/simulate/score.ts';

/** What every arm of one backtest is given. */
export interface ArmInput {
  readonly series: GappedSeries;
  readonly problem: ScalingProblem;
  readonly oracleJ: number;
  readonly keepDecisions: boolean;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress: (share: number) => void;
}

/** One policy that a trace can be replayed with. */
export interface Arm {
  readonly name: string;
  readonly run: (input: ArmInput) => Promise<ScalingScore>;
}

/** Every arm, in the order in which tables show them. */
export const arms: readonly Arm[] = [
  ...policies.map(
    (policy): Arm => ({
      name: policy.name,
      run: async ({ problem, oracleJ, keepDecisions }) => runPolicy(problem, policy, { oracleJ, keepDecisions }),
    }),
  ),
];

/** The arms that `--policies` names; throws `BadInputError` listing all of them when one is unknown. */
export function chooseArms(list: string): readonly Arm[] {
  if (list.trim() === 'all') return arms;
  const names = [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const unknown = names.filter((name) => !arms.some((arm) => arm.name === name));
  if (names.length > 0 && unknown.length === 0) return arms.filter((arm) => names.includes(arm.name));
  const given =
    names.length === 0 ? `"${list}" names no policy` : `no policy ${unknown.map((n) => `"${n}"`).join(', ')}`;
  throw new BadInputError(`--policies: ${given}; there are: all, ${arms.map((arm) => arm.name).join(', ')}`);
}
