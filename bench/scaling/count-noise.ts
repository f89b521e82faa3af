import { refreshAfterMs } from '../../loop/window.ts';
import type { LoadOdds } from '../../models/decide/capacity-band.ts';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { noErrors } from '../../models/forecast/error-memory.ts';
import type { Series } from '../../models/kernel/series.ts';
import { mean } from '../../models/kernel/statistics.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { lnGamma, upperGamma } from './incomplete-gamma.ts';
import { expectedNow } from './model-now.ts';
import { residualsOf, viewOf } from './past-errors.ts';
import { refitted } from './refitted.ts';
import { bandMove, type DirectFits, INFLATION } from './refitted-band.ts';

/** Variance of the load about its expected rate m, both in units of the mean load: linear · m + square · m². */
interface Dispersion {
  /** The rate is so many times the square of the expected root. */
  readonly bias: number;
  readonly linear: number;
  readonly square: number;
}

interface CountModel {
  readonly direct: DirectModel;
  readonly dispersions: readonly Dispersion[];
}

/** A rate of nearly nothing has no shape. */
const LEAST_RATE = 1e-3;

/**
 * The band by a smooth rate and noise of the negative binomial's variance about it, instead of the errors that were: the
 * rate is the regression's, the dispersion at each horizon is fitted to the past, and the tail is the gamma distribution
 * of that mean and variance, since loads are no whole numbers. Inflation widens its deviation.
 * Source: quadratic variance of the negative binomial, Cameron & Trivedi, Regression Analysis of Count Data (1998) §3.3.
 */
export const countNoiseBand = (name: string, fits: DirectFits): ScalingPolicy =>
  refitted<CountModel>({
    name,
    renewAfterMs: (model) => refreshAfterMs(model?.direct),
    learn: (history, rules) => {
      const direct = fits(history, rules);
      return direct === undefined ? undefined : { direct, dispersions: dispersionsOf(direct, history) };
    },
    decide: (model, moment) => {
      const { locations } = expectedNow(model.direct, moment.recent);
      return bandMove(gammaOdds(model, locations), moment);
    },
  });

function gammaOdds({ direct, dispersions }: CountModel, locations: Float64Array): LoadOdds {
  const tails = dispersions.map(({ bias, linear, square }, i) => {
    const rate = Math.max(LEAST_RATE, bias * locations[i]! ** 2);
    const variance = INFLATION ** 2 * (linear * rate + square * rate ** 2);
    const shape = rate ** 2 / variance;
    return { shape, scale: (direct.unit * variance) / rate, lnGammaOfShape: lnGamma(shape) };
  });
  return {
    horizons: direct.horizons.map(({ steps }) => steps),
    exceedance: (i, load) => upperGamma(tails[i]!.shape, load / tails[i]!.scale, tails[i]!.lnGammaOfShape),
  };
}

function dispersionsOf(direct: DirectModel, history: Series): readonly Dispersion[] {
  const { unit, lagDays, horizons } = direct;
  const view = viewOf(history, { unit, lagDays, furthest: horizons.at(-1)!.steps });
  const memories = new Array(view.v.length).fill(noErrors);
  return horizons.map((_, horizon) => {
    const { location, error } = residualsOf(view, direct, { horizon, memories });
    const load = location.map((expected, i) => (expected + error[i]!) ** 2);
    const squared = location.map((expected) => Math.max(LEAST_RATE, expected ** 2));
    const bias = mean(load) / mean(squared);
    return {
      bias,
      ...varianceOf(
        load,
        squared.map((rate) => bias * rate),
      ),
    };
  });
}

/** Ratios of the square to the linear coefficient that are tried. */
const RATIOS = [0, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 100] as const;

/**
 * The variance function of greatest pseudo-likelihood: least mean of ln V + e² / V. O(loads · ratios).
 * Source: Carroll & Ruppert, Transformation and Weighting in Regression (1988) §3.2.
 */
function varianceOf(load: Float64Array, rate: Float64Array): Omit<Dispersion, 'bias'> {
  let best = { linear: 1, square: 0 };
  let least = Number.POSITIVE_INFINITY;
  for (const ratio of RATIOS) {
    const form = rate.map((m) => m + ratio * m * m);
    const linear = mean(load.map((y, i) => (y - rate[i]!) ** 2 / form[i]!));
    const loss = Math.log(linear) + mean(form.map(Math.log));
    if (loss >= least) continue;
    least = loss;
    best = { linear, square: ratio * linear };
  }
  return best;
}
