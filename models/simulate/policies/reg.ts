import { needOf } from '../../decide/need.ts';
import type { KnownLoad } from '../known-load.ts';
import type { ScalingPolicy } from '../policy.ts';
import { throughputOf } from '../scaling-problem.ts';
import { nearestSteps } from '../steps.ts';

/** The regression sees this much of the past. */
const WINDOW_SECONDS = 3600;

const HOLD = { kind: 'hold' } as const;

/**
 * Out by the need of now, in by a second-degree regression of the load on time ("Reg").
 *
 * Need above ready + pending → the need. Need below → down to the need of the parabola through the last hour, fitted by
 * least squares and read one boot ahead of now, but never below the need of now and never up.
 * Cost: O(steps in the hour) a step.
 * Source: Iqbal, Dailey, Carrera & Janecek, Adaptive resource provisioning for read intensive multi-tier applications in
 * the cloud, FGCS 27(6), 2011: reactive scale-out, predictive scale-in by polynomial regression of degree two; as "Reg" in
 * Ilyushkin et al., An experimental performance evaluation of autoscaling policies for complex workflows, ICPE 2017.
 * Deviations: load alone in place of response times and tiers; the last hour in place of the whole history, over which
 * one parabola says nothing of now.
 */
export const reg: ScalingPolicy = {
  name: 'reg',
  start(rules) {
    const { stepSeconds, bootSteps } = rules;
    const throughput = throughputOf(rules);
    const window = Math.max(4, nearestSteps(WINDOW_SECONDS, stepSeconds));
    return ({ t, known, need, ready, pending, history }) => {
      const standing = ready + pending;
      if (need > standing) return { kind: 'desire', capacity: need };
      if (need === standing) return HOLD;
      const expected = Math.max(0, parabolaAt(history, window, t + bootSteps - known));
      const capacity = Math.max(need, needOf(expected, throughput));
      return capacity < standing ? { kind: 'desire', capacity } : HOLD;
    };
  },
};

/**
 * The least-squares parabola through the last `window` known steps, read `ahead` steps after the newest; the newest load
 * itself while fewer than three steps are known. Time is centred, so that the normal equations come apart:
 * b = Σxy/Σx², c = (Σx²y − Σx²·ȳ)/(Σx⁴ − (Σx²)²/n), a = ȳ − c·Σx²/n. O(window).
 */
function parabolaAt(history: KnownLoad, window: number, ahead: number): number {
  const n = Math.min(window, history.newest + 1);
  if (n < 3) return history.loadAt(history.newest);
  const middle = history.newest - (n - 1) / 2;
  const sum = { y: 0, xy: 0, xxy: 0, xx: 0, xxxx: 0 };
  for (let step = history.newest - n + 1; step <= history.newest; step++) {
    const x = step - middle;
    const y = history.loadAt(step);
    sum.y += y;
    sum.xy += x * y;
    sum.xxy += x * x * y;
    sum.xx += x * x;
    sum.xxxx += x * x * x * x;
  }
  const c = (sum.xxy - (sum.xx * sum.y) / n) / (sum.xxxx - (sum.xx * sum.xx) / n);
  const a = (sum.y - c * sum.xx) / n;
  const x = history.newest + ahead - middle;
  return a + (sum.xy / sum.xx) * x + c * x * x;
}
