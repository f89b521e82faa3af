import type { ForecastRefusal } from './forecaster.ts';

/** Why a model declined, in words. */
export const said = (refusal: ForecastRefusal): string => {
  switch (refusal.kind) {
    case 'too-short':
      return `${refusal.have} steps, ${refusal.need} needed`;
    case 'too-long':
      return `${refusal.have} steps, ${refusal.most} at most`;
    case 'not-finite':
      return `step ${refusal.index} is not a number`;
    default:
      return refusal.reason;
  }
};
