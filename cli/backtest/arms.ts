import { BadInputError, InvariantError } from '../../models/kernel/errors.ts';
import { policies } from '../../models/simulate/policies/registry.ts';
import { roughScore } from '../../models/simulate/rough-score.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import type { Arm } from './arm.ts';
import { prescaleArm, ROUGH_SEED } from './prescale-arm.ts';

/** Every arm, in the order in which tables show them. */
export const arms: readonly Arm[] = [
  ...policies.map(
    (policy): Arm => ({
      name: policy.name,
      run: async ({ problem, oracleJ, keepDecisions, roughness }) =>
        roughness === undefined
          ? runPolicy(problem, policy, { oracleJ, keepDecisions })
          : roughScore(problem, policy, { roughness, seed: ROUGH_SEED, oracleJ }),
    }),
  ),
  prescaleArm,
];

/** The arm of that name; throws `InvariantError` when there is none. */
export function armNamed(name: string): Arm {
  const arm = arms.find((one) => one.name === name);
  if (arm !== undefined) return arm;
  throw new InvariantError(`there is no arm "${name}"`, { name });
}

/** True for the arm that takes longer than all others together. */
export const isSlow = (name: string): boolean => name === prescaleArm.name;

/** The arms that `--policies` names; throws `BadInputError` listing all of them when one is unknown. */
export function chooseArms(list: string): readonly Arm[] {
  const names = [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const unknown = names.filter((name) => name !== 'all' && !arms.some((arm) => arm.name === name));
  if (names.length > 0 && unknown.length === 0) {
    return names.includes('all') ? arms : arms.filter((arm) => names.includes(arm.name));
  }
  const given =
    names.length === 0 ? `"${list}" names no policy` : `no policy ${unknown.map((n) => `"${n}"`).join(', ')}`;
  throw new BadInputError(`--policies: ${given}; there are: all, ${arms.map((arm) => arm.name).join(', ')}`);
}
