import { optimum } from '../../models/simulate/optimum.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { aged } from './aged-model.ts';
import { calmSpread, constantSpread, normalErrors } from './error-shapes.ts';
import { leadQuantile } from './lead-quantile.ts';
import { withoutDays } from './own-lines.ts';
import { pooledWith } from './pooled-lines.ts';
import { INFLATION, refittedBand, rememberedFits } from './refitted-band.ts';
import { sharedArms } from './shared-arms.ts';

const HOUR_MS = 3_600_000;

/** The controller's plan, that all others are compared with. */
export const FULL = 'the band as shipped';

/** Inflations that the one tuned number was chosen from. */
export const INFLATIONS = [1, 1.04, INFLATION, 1.12, 1.2] as const;

export const inflatedBy = (inflation: number): string => `inflation ${inflation}`;

/**
 * Every ablation of one series, by what it leaves out or does instead; all but the bounds decide on what is known alone.
 * `others` are the series that may be learned from where a row pools.
 */
export function ablationsOf(others: readonly ScalingProblem[]): readonly ScalingPolicy[] {
  const fits = rememberedFits();
  const pooled = pooledWith(others);
  return [
    refittedBand(FULL, { fits }),
    leadQuantile('no band: newsvendor quantile at the lead, held 15 min', fits),
    refittedBand('no calibration: normal errors', { fits, reshape: normalErrors }),
    ...INFLATIONS.map((inflation) => refittedBand(inflatedBy(inflation), { fits, inflation })),
    refittedBand('spread by level alone', { fits, reshape: (m, { history }) => calmSpread(m, history) }),
    refittedBand('one spread', { fits, reshape: (m, { history }) => constantSpread(m, history) }),
    refittedBand('no daily lags', { fits, reshape: (m, { history }) => withoutDays(m, history) }),
    refittedBand('no floor: present need unknown', { fits, knowsNeed: false }),
    refittedBand('fitted once', { fits, reshape: (m, { standing }) => aged(m, standing) }),
    refittedBand('fitted daily', { fits, renewAfterMs: (m) => (m === undefined ? HOUR_MS : 24 * HOUR_MS) }),
    refittedBand('lines half-way to those of other series', { fits, reshape: (m, { history }) => pooled(m, history) }),
    sharedArms("with the arms' trial", fits),
  ];
}

/** J/J* of every ablation of one series, by its name. Seconds a series. */
export function priceAblations(
  problem: ScalingProblem,
  others: readonly ScalingProblem[],
  onRow: (row: string) => void = () => {},
): Readonly<Record<string, number>> {
  const least = optimum(problem).J;
  const ratios: Record<string, number> = {};
  for (const policy of ablationsOf(others)) {
    ratios[policy.name] = runPolicy(problem, policy).J / least;
    onRow(policy.name);
  }
  return ratios;
}
