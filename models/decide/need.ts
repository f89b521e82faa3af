import { type CapacityUnits, units } from '../kernel/units.ts';

/** How load turns into capacity. */
export interface Throughput {
  /** Load that one unit carries in one step at 100 % utilisation; > 0. */
  readonly perStep: number;
  /** Share of it that may be used before the unit counts as short, in (0, 1]. */
  readonly targetUtilisation: number;
}

/** Keeps a load that is exactly n units from rounding up to n + 1 by a floating-point hair. */
const ROUNDING = 1e-9;

/**
 * Least whole capacity that carries `load` within the target utilisation: max(1, ⌈load / (u·μ) − 1e-9⌉).
 * Needs a finite load ≥ 0. O(1). Source: docs/evaluation.md, "Scaling decisions".
 */
export const needOf = (load: number, { perStep, targetUtilisation }: Throughput): CapacityUnits =>
  units(Math.max(1, Math.ceil(load / (targetUtilisation * perStep) - ROUNDING)));
