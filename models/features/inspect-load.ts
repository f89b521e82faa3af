import { type BoxCox, guerrero } from '../clean/box-cox.ts';
import { hampelOutliers } from '../clean/hampel.ts';
import { type LevelShift, levelShifts } from '../clean/level-shifts.ts';
import { repairForTraining } from '../clean/repair.ts';
import { seasonalOutliers } from '../clean/seasonal-outliers.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { Series } from '../kernel/series.ts';
import { type CalendarOptions, stepsOfDay } from './calendar-columns.ts';
import { type FeatureTable, featureTable, type TableRefusal } from './feature-table.ts';
import { type Learned, learnLoad } from './learn-load.ts';
import { absoluteError } from './permutation-importance.ts';

/** What a load is made of, before anything is forecast. */
export interface Anatomy {
  readonly steps: number;
  readonly zeros: number;
  /** Values far from their neighbours, from their time of day, and those that repair for training would replace. */
  readonly outliers: { readonly local: number; readonly seasonal: number; readonly replaced: number };
  readonly shifts: readonly LevelShift[];
  readonly power: BoxCox;
}

/** Spreads at which a value counts as an outlier, as in `repairForTraining`. */
const THRESHOLD = 6;
const HALF_WIDTH = 5;

/** Counts and measures of a history whose values are all finite. O(n log n). */
export function anatomyOf(history: Series): Anatomy {
  const { values, stepMs } = history;
  const day = stepsOfDay(stepMs);
  const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);
  return {
    steps: values.length,
    zeros: values.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0),
    outliers: {
      local: count(hampelOutliers(values, { halfWidth: HALF_WIDTH, threshold: THRESHOLD })),
      seasonal: count(seasonalOutliers(values, { period: day, threshold: THRESHOLD })),
      replaced: repairForTraining(history).count,
    },
    shifts: levelShifts(history),
    power: guerrero(values, day),
  };
}

export interface LearnableOptions extends CalendarOptions {
  /** Steps ahead, at least 1. */
  readonly lead: number;
  readonly trials: number;
  readonly search: 'grid' | 'random';
  readonly seed: number;
}

/** What can be learned of a load, beside what costs nothing; mean absolute errors on the same last tenth. */
export interface Learnable extends Learned {
  readonly naive: {
    /** Error of the newest value as the forecast. */
    readonly lastValue: number;
    /** Error of the same time a day before; undefined where that is later than the newest known step. */
    readonly dayBefore: number | undefined;
  };
}

/** Why nothing is learned. */
export type LearnableRefusal = TableRefusal | { readonly kind: 'no-signal'; readonly reason: string };

/** Learns a load from its features as `learnLoad` does. Refuses as `featureTable`, and where nothing informs. */
export function learnable(history: Series, options: LearnableOptions): Result<Learnable, LearnableRefusal> {
  const table = featureTable(history, options);
  if (!table.ok) return table;
  const { steps } = table.value;
  const stride = Math.max(1, steps[1]! - steps[0]!);
  const split = Math.max(2, Math.floor(history.values.length * 0.8));
  const power = guerrero(history.values.subarray(0, split), stepsOfDay(history.stepMs));
  const learned = learnLoad(table.value, { ...options, power, gap: Math.ceil(options.lead / stride) });
  if (learned === undefined) {
    return refuse({ kind: 'no-signal', reason: 'no feature says more about the load than chance' });
  }
  return accept({ ...learned, naive: naiveErrors(history, table.value, { learned, lead: options.lead }) });
}

function naiveErrors(
  { values, stepMs }: Series,
  { steps, target }: FeatureTable,
  { learned, lead }: { readonly learned: Learned; readonly lead: number },
): Learnable['naive'] {
  const { from, to } = learned.test.span;
  const tested = steps.subarray(from, to);
  const back = (distance: number): number =>
    absoluteError(
      Float64Array.from(tested, (t) => values[t - distance]!),
      target.subarray(from, to),
    );
  const day = stepsOfDay(stepMs);
  return { lastValue: back(lead), dayBefore: day >= lead ? back(day) : undefined };
}
