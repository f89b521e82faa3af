import { workerFitter } from '../../adapters/fit/worker-fitter.ts';
import { foresee } from '../../adapters/memory/foresight.ts';
import { replayTrace } from '../../adapters/memory/replay-trace.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { roughScore } from '../../models/simulate/rough-score.ts';
import { recordedPolicy, scoreCapacities } from '../../models/simulate/run.ts';
import type { Arm } from './arm.ts';

/** Every policy meets the same rough world. */
export const ROUGH_SEED = 1;

/** The controller itself, on the twin. In a rough world the course is played that it took in the plain one. */
export const prescaleArm: Arm = {
  name: 'prescale',
  run: async ({ series, problem, oracleJ, keepDecisions, roughness, onProgress }) => {
    const foresight = foresee({ series, problem });
    const replayed = await replayTrace({ series, problem, fitter: workerFitter(), foresight, onProgress }).finally(
      foresight.end,
    );
    if (!replayed.ok) throw new BadInputError(`prescale: ${replayed.refusal.reason}; --policies names others`);
    if (roughness === undefined) return scoreCapacities(problem, replayed.value, { oracleJ, keepDecisions });
    return roughScore(problem, recordedPolicy(problem, replayed.value), { roughness, seed: ROUGH_SEED, oracleJ });
  },
};
