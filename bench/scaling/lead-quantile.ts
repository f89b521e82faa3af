import { refreshAfterMs } from '../../loop/window.ts';
import { needOf } from '../../models/decide/need.ts';
import { criticalRatio } from '../../models/decide/newsvendor.ts';
import { outlookOf } from '../../models/forecast/outlook.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { throughputOf } from '../../models/simulate/scaling-problem.ts';
import { nearestSteps } from '../../models/simulate/steps.ts';
import { refitted } from './refitted.ts';
import { type DirectFits, INFLATION, planHorizons } from './refitted-band.ts';

const HOLD_SECONDS = 900;

/**
 * Without a plan: what the newsvendor's quantile of the load at the lead needs, never less than is needed now, and nothing
 * let go that was wanted within a quarter of an hour. The horizon is the one nearest to lag + boot.
 */
export const leadQuantile = (name: string, fits: DirectFits): ScalingPolicy => ({
  name,
  start: (past) => {
    const wanted: number[] = [];
    const most = nearestSteps(HOLD_SECONDS, past.stepSeconds);
    const lead = leadIndex(planHorizons(past), past.lagSteps + past.bootSteps);
    return refitted({
      name,
      renewAfterMs: refreshAfterMs,
      learn: fits,
      decide: (model, { view, rules, recent }) => {
        const outlook = outlookOf(model, recent, INFLATION);
        if (!outlook.ok) return undefined;
        const load = outlook.value.quantile(lead, criticalRatio(rules.penalty));
        wanted.push(Math.max(view.need, needOf(load, throughputOf(rules))));
        if (wanted.length > most) wanted.shift();
        return Math.max(...wanted);
      },
    }).start(past);
  },
});

/** Index of the horizon that is nearest to the lead, the earlier of two. */
export function leadIndex(horizons: readonly number[], lead: number): number {
  const distances = horizons.map((steps) => Math.abs(steps - lead));
  return distances.indexOf(Math.min(...distances));
}
