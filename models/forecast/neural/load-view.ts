import type { Series } from '../../kernel/series.ts';
import type { Windows } from '../../neural/windows.ts';
import { timesOfDay } from '../load-features.ts';
import { type BaseKind, reachOf, seasonalBase } from './seasonal-base.ts';

const DAY_MS = 86_400_000;

/** Features of one step: what the base leaves, where the base goes, and the time of day as a point on the circle. */
export const INPUTS = 4;

/** What lies further from the base than so many units looks to a network as if it were so far: one spike is no regime. */
export const FURTHEST_UNITS = 8;

/** How a load is laid out for a network. */
export interface Layout {
  readonly base: BaseKind;
  /** Steps of one window. */
  readonly steps: number;
  /** Steps ahead that have outputs, ascending, at most a day. */
  readonly leads: readonly number[];
}

/** A load beside its seasonal base, from step `from` on. */
export interface LoadView {
  readonly load: Float64Array;
  /** `base[i]` belongs to step `from + i`; reaches beyond the load by the furthest lead. */
  readonly base: Float64Array;
  readonly from: number;
  readonly sine: Float64Array;
  readonly cosine: Float64Array;
}

/** Steps of history without which no window is whole. */
export const stepsNeeded = ({ base, steps }: Layout, stepMs: number): number =>
  reachOf(base, Math.round(DAY_MS / stepMs)) + steps;

/** A load beside its base up to `ahead` steps after its end. Needs `stepsNeeded` steps. O(steps). */
export function viewOf({ values, startMs, stepMs }: Series, kind: BaseKind, ahead: number): LoadView {
  const stepsPerDay = Math.round(DAY_MS / stepMs);
  const from = reachOf(kind, stepsPerDay);
  const base = seasonalBase(values, { kind, stepsPerDay }, { from, to: values.length + ahead });
  return { load: values, base, from, ...timesOfDay(startMs + from * stepMs, stepMs, values.length - from) };
}

/** What the base leaves of each step from `from` on, in the load's unit. O(steps). */
export const remainders = ({ load, base, from }: LoadView): Float64Array =>
  load.subarray(from).map((value, i) => value - base[i]!);

const held = (value: number): number => Math.min(FURTHEST_UNITS, Math.max(-FURTHEST_UNITS, value));

/** Writes the window that ends with step `t`. Reads no load after step t. O(steps of the window). */
export function writeWindow(
  { load, base, from, sine, cosine }: LoadView,
  { steps, leads }: Layout,
  { t, unit, out }: { readonly t: number; readonly unit: number; readonly out: Float32Array },
): void {
  const furthest = leads.at(-1) ?? 0;
  for (let k = 0; k < steps; k++) {
    const step = t - steps + 1 + k;
    const i = step - from;
    out[k * INPUTS] = held((load[step]! - base[i]!) / unit);
    out[k * INPUTS + 1] = held((base[i + furthest]! - base[i]!) / unit);
    out[k * INPUTS + 2] = sine[i]!;
    out[k * INPUTS + 3] = cosine[i]!;
  }
}

/** Windows that end with the origins, and what the base left of the loads at the leads after them, in units. */
export function windowsAt(view: LoadView, layout: Layout, at: { origins: Int32Array; unit: number }): Windows {
  const { origins, unit } = at;
  const { steps, leads } = layout;
  const size = steps * INPUTS;
  const inputs = new Float32Array(origins.length * size);
  const targets = new Float32Array(origins.length * leads.length);
  origins.forEach((t, row) => {
    writeWindow(view, layout, { t, unit, out: inputs.subarray(row * size, (row + 1) * size) });
    leads.forEach((lead, k) => {
      targets[row * leads.length + k] = held((view.load[t + lead]! - view.base[t + lead - view.from]!) / unit);
    });
  });
  return { count: origins.length, inputs, targets };
}
