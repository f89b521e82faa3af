import { type CapacityUnits, units } from '../kernel/units.ts';

/**
 * Where target tracking would go at this moment: ⌈ready · u / target⌉ with u = load / (μ · ready), without its alarms'
 * delay and without its scale-in wait, so the most favourable reading of it. At least 1.
 * `load` and `perStep` share a unit; `target` in (0, 1].
 */
export const targetTrackingWant = (load: number, perStep: number, target: number): CapacityUnits =>
  units(Math.max(1, Math.ceil(load / (perStep * target))));
