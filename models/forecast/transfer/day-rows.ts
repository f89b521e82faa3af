/** Hours of a day: all that a young group knows of itself. */
export const DAY_HOURS = 24;

/** Features of one hour ahead. */
export const DAY_FEATURES = 17;

/** A day freed of its own level and spread. */
export interface OwnDay {
  /** 24 values, the newest last. */
  readonly values: Float64Array;
  readonly level: number;
  readonly spread: number;
  /** Hour of the day, by UTC, at which the day after begins. */
  readonly hour: number;
}

/** A spread below this share of the level is rounding: nothing varies. */
const LEAST_SPREAD = 1e-9;

/** The day before hour `origin`, in units of its own deviation from its mean; undefined where it never changes. O(1). */
export function ownDay(hours: Float64Array, origin: number, hour: number): OwnDay | undefined {
  const day = hours.subarray(origin - DAY_HOURS, origin);
  const level = day.reduce((sum, load) => sum + load, 0) / DAY_HOURS;
  const spread = Math.sqrt(day.reduce((sum, load) => sum + (load - level) ** 2, 0) / DAY_HOURS);
  if (!(spread > LEAST_SPREAD * Math.abs(level))) return undefined;
  return { values: day.map((load) => (load - level) / spread), level, spread, hour };
}

/**
 * Writes what a day tells of the hour `ahead` (1…24) after it into a row of the columns. Loads are told as differences from
 * the same hour of that day, which is what trees correct. O(features).
 */
export function writeDayRow(
  { values: z, level, spread, hour }: OwnDay,
  ahead: number,
  to: { readonly columns: readonly Float64Array[]; readonly row: number },
): void {
  const same = ahead - 1;
  const base = z[same]!;
  const newest = z[DAY_HOURS - 1]!;
  const meanOf = (from: number, to: number): number =>
    z.subarray(from, to).reduce((sum, v) => sum + v, 0) / (to - from);
  const angle = (2 * Math.PI * ((hour + same) % DAY_HOURS)) / DAY_HOURS;
  const steps = z.subarray(1).map((value, i) => Math.abs(value - z[i]!));
  const features = [
    ahead,
    base,
    z[Math.max(0, same - 1)]! - base,
    z[Math.min(DAY_HOURS - 1, same + 1)]! - base,
    meanOf(Math.max(0, same - 2), Math.min(DAY_HOURS, same + 3)) - base,
    newest - base,
    newest - z[0]!,
    newest - z[DAY_HOURS - 2]!,
    meanOf(DAY_HOURS - 3, DAY_HOURS) - base,
    meanOf(DAY_HOURS - 6, DAY_HOURS) - meanOf(0, 6),
    steps.reduce((sum, step) => sum + step, 0) / steps.length,
    z.reduce((most, value) => Math.max(most, value)),
    z.reduce((least, value) => Math.min(least, value)),
    spread / Math.max(Math.abs(level), Number.MIN_VALUE),
    Math.sin(angle),
    Math.cos(angle),
    meanOf(0, DAY_HOURS / 2),
  ];
  for (let j = 0; j < DAY_FEATURES; j++) to.columns[j]![to.row] = features[j]!;
}
