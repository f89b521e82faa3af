/** Errors of one forecast; NaN where undefined. */
export interface ForecastErrors {
  /** 0…200. */
  readonly smape: number;
  readonly mase: number;
}

/** Errors over a set of series, and how they stand to Naive2's. */
export interface SetErrors extends ForecastErrors {
  /** ½ · (sMAPE / Naive2's sMAPE + MASE / Naive2's MASE), each a mean over the set; NaN where undefined. */
  readonly owa: number;
}

/** Means over the series where the error is defined; NaN where it is nowhere. O(series). */
export const meanErrors = (errors: readonly ForecastErrors[]): ForecastErrors => ({
  smape: meanOf(errors.map((one) => one.smape)),
  mase: meanOf(errors.map((one) => one.mase)),
});

function meanOf(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/**
 * Overall weighted average of a set: a ratio of means, not a mean of ratios.
 * Source: Makridakis, Spiliotis & Assimakopoulos, The M4 Competition, Int. J. of Forecasting 36 (2020), §2.3.
 */
export function setErrors(errors: readonly ForecastErrors[], naive2: readonly ForecastErrors[]): SetErrors {
  const mean = meanErrors(errors);
  const yardstick = meanErrors(naive2);
  return { ...mean, owa: (mean.smape / yardstick.smape + mean.mase / yardstick.mase) / 2 };
}
