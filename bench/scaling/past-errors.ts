import type { DirectModel, HorizonModel } from '../../models/forecast/direct-model.ts';
import { locate } from '../../models/forecast/direct-regression.ts';
import type { Residuals } from '../../models/forecast/error-distribution.ts';
import { type ErrorMemory, noErrors, remembered } from '../../models/forecast/error-memory.ts';
import { habitsOf } from '../../models/forecast/hour-habits.ts';
import {
  averagesOf,
  type FeatureView,
  featureCount,
  originFeatures,
  sumUp,
  timesOfDay,
} from '../../models/forecast/load-features.ts';
import type { Series } from '../../models/kernel/series.ts';

const DAY_MS = 86_400_000;

/** As the direct regression has them: rows looked back at, origins used, the level rows are divided by at least. */
const MOST_ROWS = 20_000;
const MOST_ORIGINS = 6000;

/** What the regression's features are made of, and where its rows begin. */
export interface Basis {
  readonly unit: number;
  readonly lagDays: readonly number[];
  /** Furthest horizon, in steps. */
  readonly furthest: number;
}

/** A history on the scale √(load / unit), from its first step on. O(steps). */
export function viewOf({ values, startMs, stepMs }: Series, { unit, lagDays, furthest }: Basis): FeatureView {
  const v = Float64Array.from(values, (load) => Math.sqrt(Math.max(0, load) / unit));
  const sums = new Float64Array(v.length + 1);
  sumUp(v, sums);
  const times = timesOfDay(startMs, stepMs, v.length + furthest);
  const habits = habitsOf({ v, sums }, stepMs);
  return { v, sums, from: 0, averages: averagesOf(v, 0), habits, ...times, stepMs, lagDays };
}

/** First origin: once the averages have settled and, in a longer history, once there is a day to look back at. */
export function firstOrigin({ v, stepMs }: FeatureView): number {
  const stepsPerDay = Math.round(DAY_MS / stepMs);
  return Math.max(v.length >= 3 * stepsPerDay ? stepsPerDay : 20, v.length - MOST_ROWS);
}

/** Evenly spaced origins whose target `steps` later is known, the newest among them. */
export function originsOf(view: FeatureView, steps: number, most = MOST_ORIGINS): Int32Array {
  const first = firstOrigin(view);
  const last = view.v.length - 1 - steps;
  const stride = Math.max(1, Math.ceil((last - first + 1) / most));
  const count = Math.max(0, Math.floor((last - first) / stride) + 1);
  return Int32Array.from({ length: count }, (_, i) => last - (count - 1 - i) * stride);
}

/** The regression whose past is looked at: a model, or one whose lines have been changed. */
export type Lines = Pick<DirectModel, 'highest' | 'memoryHorizon' | 'lagDays'> & {
  readonly horizons: readonly Pick<HorizonModel, 'steps' | 'coefficients'>[];
};

/** Expected v at one horizon of an origin. O(features). */
export function locationAt(view: FeatureView, { highest, lagDays, horizons }: Lines, t: number): Float64Array {
  const row = new Float64Array(featureCount(lagDays));
  originFeatures(view, t, row);
  return Float64Array.from(horizons, ({ steps, coefficients }) =>
    locate(view, { t, steps, highest }, coefficients, row),
  );
}

/** What was known of the errors at the memory's horizon at each step. O(steps · features). */
export function memoriesOf(view: FeatureView, lines: Lines): readonly ErrorMemory[] {
  const line = lines.horizons[lines.memoryHorizon]!;
  const alone = { ...lines, horizons: [line] };
  const memories: ErrorMemory[] = new Array(view.v.length).fill(noErrors);
  let memory = noErrors;
  for (let t = firstOrigin(view); t + line.steps < view.v.length; t++) {
    memory = remembered(memory, Math.abs(view.v[t + line.steps]! - locationAt(view, alone, t)[0]!));
    memories[t + line.steps] = memory;
  }
  return memories;
}

/** How far off one horizon's line was over the history. O(origins · features). */
export function residualsOf(
  view: FeatureView,
  lines: Lines,
  { horizon, memories }: { readonly horizon: number; readonly memories: readonly ErrorMemory[] },
): Residuals {
  const line = lines.horizons[horizon]!;
  const alone = { ...lines, horizons: [line] };
  const first = firstOrigin(view) + 2 * line.steps;
  const origins = originsOf(view, line.steps).filter((t) => t >= first);
  const location = Float64Array.from(origins, (t) => locationAt(view, alone, t)[0]!);
  return {
    location,
    error: location.map((expected, i) => view.v[origins[i]! + line.steps]! - expected),
    memories: Array.from(origins, (t) => memories[t]!),
  };
}
