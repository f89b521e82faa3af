import type { Result } from '../../kernel/result.ts';
import type { Series } from '../../kernel/series.ts';
import type { ForecastRefusal } from '../forecaster.ts';

/** A group's load beside those that may drive it, all on one grid and up to the same step. */
export interface Dependents {
  readonly target: Series;
  readonly others: readonly NamedLoad[];
}

export interface NamedLoad {
  readonly name: string;
  readonly series: Series;
}

/** That one group's load follows another's: how much of a unit of it comes, and how many steps later. */
export interface Lead {
  readonly from: string;
  readonly lagSteps: number;
  /** Both loads in units of their own deviation. */
  readonly weight: number;
}

export interface GraphPath {
  /** Expected load of the steps after the target's history, none below 0. */
  readonly path: Float64Array;
  /** What it follows, the strongest first; empty where nothing was found and the target is forecast alone. */
  readonly leads: readonly Lead[];
}

/**
 * A model of a group's load that may look at the loads of others.
 *
 * Shapes:  series of one step and one end → a path in the target's unit.   Same histories, same answer, bit for bit.
 * Refuses: what it cannot learn from, and loads that are not on one grid; never returns NaN.
 */
export interface GraphForecaster {
  readonly name: string;
  path(loads: Dependents, horizon: number): Result<GraphPath, ForecastRefusal>;
}
