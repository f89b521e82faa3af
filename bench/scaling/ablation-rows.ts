import { optimum } from '../../models/simulate/optimum.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { aged } from './aged-model.ts';
import { countNoiseBand } from './count-noise.ts';
import { calmSpread, constantSpread, normalErrors } from './error-shapes.ts';
import { leadQuantile } from './lead-quantile.ts';
import { withoutDays, withoutHabits } from './own-lines.ts';
import { pooledWith } from './pooled-lines.ts';
import { INFLATION, refittedBand, rememberedFits } from './refitted-band.ts';
import { scenarioBand } from './scenario-band.ts';
import { sharedArms } from './shared-arms.ts';
import { smoothRateBound } from './smooth-rate-bound.ts';

const HOUR_MS = 3_600_000;

/** The controller's plan, that all others are compared with. */
export const FULL = 'the band as shipped';

/** Inflations that the one tuned number was chosen from. */
export const INFLATIONS: readonly number[] = [1, 1.04, INFLATION, 1.12, 1.2];

/** What one could do who knew the load but for its noise. */
export const BOUND = 'bound: smooth rate known in advance';

/** Name of the row of an inflation; the one in use is the band itself. */
export const inflatedBy = (inflation: number): string => (inflation === INFLATION ? FULL : `inflation ${inflation}`);

/**
 * Every ablation of one series, by what it leaves out or does instead; all but the bounds decide on what is known alone.
 * `others` are the series that may be learned from where a row pools.
 */
export function ablationsOf(others: readonly ScalingProblem[]): readonly ScalingPolicy[] {
  const fits = rememberedFits();
  const pooled = pooledWith(others);
  const inflated = INFLATIONS.map((inflation) => refittedBand(inflatedBy(inflation), { fits, inflation }));
  return [
    ...inflated.filter(({ name }) => name === FULL),
    leadQuantile('no band: newsvendor quantile at the lead, held 15 min', fits),
    refittedBand('no calibration: normal errors', { fits, reshape: normalErrors }),
    ...inflated.filter(({ name }) => name !== FULL),
    refittedBand('spread by level alone', { fits, reshape: (m, { history }) => calmSpread(m, history) }),
    refittedBand('one spread', { fits, reshape: (m, { history }) => constantSpread(m, history) }),
    refittedBand('no daily lags', { fits, reshape: (m, { history }) => withoutDays(m, history) }),
    refittedBand('no habits of the hour', { fits, reshape: (m, { history }) => withoutHabits(m, history) }),
    refittedBand('no floor: present need unknown', { fits, knowsNeed: false }),
    refittedBand('fitted once', { fits, reshape: (m, { standing }) => aged(m, standing) }),
    refittedBand('fitted daily', { fits, renewAfterMs: (m) => (m === undefined ? HOUR_MS : 24 * HOUR_MS) }),
    countNoiseBand('negative-binomial noise over a smooth rate', fits),
    scenarioBand('dynamic programme over scenario paths', fits),
    refittedBand('lines half-way to those of other series', { fits, reshape: (m, { history }) => pooled(m, history) }),
    refittedBand('with the gate for refits', { fits, gated: true }),
    sharedArms("with the arms' trial", fits),
  ];
}

/** J/J* of every ablation of one series, by its name. Seconds a series. */
export function priceAblations(
  problem: ScalingProblem,
  others: readonly ScalingProblem[],
): Readonly<Record<string, number>> {
  const least = optimum(problem).J;
  const ratios: Record<string, number> = {};
  for (const policy of [...ablationsOf(others), smoothRateBound(BOUND, problem)]) {
    ratios[policy.name] = runPolicy(problem, policy).J / least;
  }
  return ratios;
}
