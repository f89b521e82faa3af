import type { Series } from '../../kernel/series.ts';
import type { Windows } from '../../neural/windows.ts';
import { FURTHEST_UNITS, type Layout, type LoadView, viewOf } from './load-view.ts';

/** Features of one step that all loads share: the time of day as a point on the circle. */
const SHARED = 2;

/** Features of one step of each load: what its base leaves, and where its base goes. */
const EACH = 2;

/** How many features a step of so many loads has. */
export const jointInputs = (loads: number): number => EACH * loads + SHARED;

/** Several loads of one grid and one span beside their bases, and the unit of each. */
export interface JointView {
  readonly views: readonly LoadView[];
  readonly units: readonly number[];
}

/** Loads of one grid beside their bases up to `ahead` steps after their end. O(loads · steps). */
export const jointViews = (loads: readonly Series[], { base }: Layout, ahead: number): readonly LoadView[] =>
  loads.map((load) => viewOf(load, base, ahead));

const held = (value: number): number => Math.min(FURTHEST_UNITS, Math.max(-FURTHEST_UNITS, value));

/** Writes the window that ends with step t. Reads no load after step t. O(steps · loads). */
export function writeJointWindow(
  { views, units }: JointView,
  { steps, leads }: Layout,
  { t, out }: { readonly t: number; readonly out: Float32Array },
): void {
  const furthest = leads.at(-1) ?? 0;
  const wide = jointInputs(views.length);
  for (let k = 0; k < steps; k++) {
    const step = t - steps + 1 + k;
    views.forEach(({ load, base, from }, j) => {
      const i = step - from;
      out[k * wide + EACH * j] = held((load[step]! - base[i]!) / units[j]!);
      out[k * wide + EACH * j + 1] = held((base[i + furthest]! - base[i]!) / units[j]!);
    });
    const { sine, cosine, from } = views[0]!;
    out[k * wide + EACH * views.length] = sine[step - from]!;
    out[k * wide + EACH * views.length + 1] = cosine[step - from]!;
  }
}

/** Windows that end with the origins, and what the bases left of each load at the leads after them: load by load. */
export function jointWindows(joint: JointView, layout: Layout, origins: Int32Array): Windows {
  const { views, units } = joint;
  const { steps, leads } = layout;
  const size = steps * jointInputs(views.length);
  const wide = views.length * leads.length;
  const inputs = new Float32Array(origins.length * size);
  const targets = new Float32Array(origins.length * wide);
  origins.forEach((t, row) => {
    writeJointWindow(joint, layout, { t, out: inputs.subarray(row * size, (row + 1) * size) });
    views.forEach(({ load, base, from }, j) => {
      leads.forEach((lead, k) => {
        targets[row * wide + j * leads.length + k] = held((load[t + lead]! - base[t + lead - from]!) / units[j]!);
      });
    });
  });
  return { count: origins.length, inputs, targets };
}
