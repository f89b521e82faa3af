import type { Result } from '../kernel/result.ts';
import type { Series } from '../kernel/series.ts';

/** Why a model declined to answer. Never encoded as 0, NaN or an empty array. */
export type ForecastRefusal =
  | { readonly kind: 'too-short'; readonly have: number; readonly need: number }
  | { readonly kind: 'too-long'; readonly have: number; readonly most: number }
  | { readonly kind: 'not-finite'; readonly index: number }
  | { readonly kind: 'no-signal'; readonly reason: string }
  | { readonly kind: 'library'; readonly reason: string };

/**
 * A model that maps a history to the expected path after its end.
 *
 * Shapes:  n finite values → h values, same unit.   Same history, same answer, bit for bit.
 * Refuses: what it cannot learn from; never returns NaN.
 * A history's values stay as they are while a forecaster that saw them is asked again (`remembered`).
 */
export interface Forecaster {
  readonly name: string;
  /** Expected load of steps 1…horizon after the history's last step, clamped to ≥ 0. */
  path(history: Series, horizon: number): Result<Float64Array, ForecastRefusal>;
}
