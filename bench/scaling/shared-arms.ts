import { refreshAfterMs } from '../../loop/window.ts';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { outlookOf } from '../../models/forecast/outlook.ts';
import { type ArmTrial, tryArms } from '../../models/learn/arm-trial.ts';
import { reactive } from '../../models/simulate/policies/tuned-reactive.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { type Moment, refitted } from './refitted.ts';
import { bandMove, type DirectFits, INFLATION, trialTerms } from './refitted-band.ts';

/** An arm with less than this share has no say, as in the controller. */
const LEAST_SHARE = 0.05;

interface Arms {
  readonly direct: DirectModel;
  readonly trial: ArmTrial;
}

/**
 * The band and the tuned reactive rule, what is wanted shared out by the controller's own trial at each fit: each arm by
 * what it cost on load that neither had seen. Cost: that of the band, and 45 reactive replays of half the history a day.
 */
export const sharedArms = (name: string, fits: DirectFits): ScalingPolicy =>
  refitted<Arms>({
    name,
    renewAfterMs: (arms) => refreshAfterMs(arms?.direct),
    learn: (history, rules, standing) => {
      const direct = fits(history, rules);
      if (direct === undefined) return undefined;
      const terms = { ...trialTerms(rules), inflation: INFLATION };
      return { direct, trial: tryArms(history, standing ?? { direct }, terms).trial };
    },
    decide: ({ direct, trial }, moment) => {
      const outlook = outlookOf(direct, moment.recent, INFLATION);
      if (!outlook.ok) return undefined;
      const planned = bandMove(outlook.value, moment);
      const reactiveShare = 1 - trial.bandShare;
      if (reactiveShare < LEAST_SHARE) return planned;
      return Math.round(trial.bandShare * planned + reactiveShare * reacting(trial, moment));
    },
  });

/** What the reactive arm wants at a moment. */
function reacting({ margin, steps }: ArmTrial, { view, rules }: Moment): number {
  const move = reactive({ margin, steps }).start({ ...rules, ...nothing })(view);
  return move.kind === 'desire' ? move.capacity : view.ready + view.pending;
}

/** The reactive arm looks at the view alone. */
const nothing = { load: new Float64Array(), blank: new Uint8Array(), need: new Int32Array() };
