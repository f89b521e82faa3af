import { workerFitter } from '../../adapters/fit/worker-fitter.ts';
import { replayTrace } from '../../adapters/memory/replay-trace.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { scoreCapacities } from '../../models/simulate/run.ts';
import type { Arm } from './arm.ts';

/** The controller itself, on the twin. */
export const prescaleArm: Arm = {
  name: 'prescale',
  run: async ({ series, problem, oracleJ, keepDecisions, onProgress }) => {
    const replayed = await replayTrace({ series, problem, fitter: workerFitter(), onProgress });
    if (!replayed.ok) throw new BadInputError(`prescale: ${replayed.refusal.reason}`);
    return scoreCapacities(problem, replayed.value, { oracleJ, keepDecisions });
  },
};
