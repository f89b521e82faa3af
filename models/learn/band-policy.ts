import { capacityBand } from '../decide/capacity-band.ts';
import { carrierOf, type UnitDelay } from '../decide/need.ts';
import type { DirectModel } from '../forecast/direct-model.ts';
import { outlookOf } from '../forecast/outlook.ts';
import { instant } from '../kernel/series.ts';
import type { ScalingPolicy } from '../simulate/policy.ts';
import { TARGET_UTILISATION } from '../simulate/scaling-problem.ts';

export interface BandPolicyTerms {
  /** Step of the replay that begins where the model's history ends. */
  readonly fittedAt: number;
  /** Widens every distribution about its location. */
  readonly inflation: number;
  /** Share of a unit's throughput that may be used. @default that of scaling problems */
  readonly targetUtilisation?: number;
  /** How long requests may take, where that says what is short instead. */
  readonly delay?: UnitDelay | undefined;
}

/**
 * The band by one fitted model as a policy of the simulator: what the controller would do between two fits, without its
 * guards. Holds where the model has nothing to say. Cost: about 0.1 ms a step.
 */
export const bandPolicy = (model: DirectModel, terms: BandPolicyTerms): ScalingPolicy => ({
  name: 'band',
  start: ({ bootSteps, mu, penalty }) => {
    const { targetUtilisation = TARGET_UTILISATION, delay } = terms;
    const carriedBy = carrierOf({ perStep: mu, targetUtilisation, delay });
    return ({ t, known, need, ready, pending, history }) => {
      const lagSteps = t - known;
      const from = terms.fittedAt - lagSteps - 1;
      const recent = {
        startMs: instant(model.fittedAtMs - (lagSteps + 1) * model.stepMs),
        stepMs: model.stepMs,
        values: history.observed(from),
        mayHaveBlanks: true,
      } as const;
      const outlook = outlookOf(model, recent, terms.inflation);
      const standing = ready + pending;
      if (!outlook.ok) return { kind: 'desire', capacity: Math.max(standing, need) };
      const { launch, keep } = capacityBand(outlook.value, {
        carriedBy,
        needNow: need,
        lagSteps,
        bootSteps,
        cadenceSteps: 1,
        shortagePenalty: penalty,
      });
      return { kind: 'desire', capacity: Math.min(Math.max(standing, launch), keep) };
    };
  },
});
