import { accuracyOf } from '../../models/forecast/metrics/mase.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { mean, median } from '../../models/kernel/statistics.ts';
import { shown } from './shown.ts';

const HOUR_MS = 3_600_000;

/** Minutes of the hour that is forecast which are looked at before: what no forecaster can have. */
const SEEN_MINUTES = [5, 15, 30, 45] as const;

const LEAD_HOURS = [1, 2, 3, 6, 12, 24] as const;

/** Accuracies of one load in per cent, of forecasts and of what they cannot know; NaN where they cannot be measured. */
export interface Knowable {
  /** Of the mean of the first minutes of an hour as the forecast of all of it, as `SEEN_MINUTES`. */
  readonly seen: readonly number[];
  /** Of our forecasts, as `LEAD_HOURS`. */
  readonly byLead: readonly number[];
}

/** Hours that are forecast an hour ahead: from the hour `first` on, NaN where none is scored. */
interface HourlyTargets {
  readonly first: number;
  readonly actual: Float64Array;
}

/** `accuracyAhead`: of our forecasts so many hours ahead, asked for where minutes can be seen. */
export function measureKnowable(
  series: GappedSeries,
  targets: HourlyTargets,
  accuracyAhead: (hours: number) => number,
): Knowable {
  const seen = SEEN_MINUTES.map((minutes) => accuracyOfSeen(series, targets, minutes));
  const canSee = !seen.every(Number.isNaN);
  return { seen, byLead: LEAD_HOURS.map((hours) => (canSee ? accuracyAhead(hours) : Number.NaN)) };
}

/** NaN where the hour or the minutes are no whole number of steps. */
function accuracyOfSeen({ values, stepMs }: GappedSeries, { first, actual }: HourlyTargets, minutes: number): number {
  const steps = HOUR_MS / stepMs;
  const known = (minutes * 60_000) / stepMs;
  if (!Number.isInteger(steps) || !Number.isInteger(known)) return Number.NaN;
  const seen = actual.map((_, i) => mean(values.subarray((first + i) * steps, (first + i) * steps + known)));
  return accuracyOf(actual, seen);
}

/** Medians over the loads of which all minutes can be seen, so that rows compare; longer leads are not measured on all of them. */
export function knowableTable(all: readonly Knowable[]): string {
  const loads = all.filter(({ seen }) => seen.every(Number.isFinite));
  const row = (title: string, accuracies: readonly number[]): string => {
    const known = accuracies.filter(Number.isFinite);
    return `| ${title} | ${shown(median(known), 1)} | ${known.length} |`;
  };
  const rows = [
    ...LEAD_HOURS.map((hours, k) =>
      row(
        `forecast ${hours} h ahead`,
        loads.map(({ byLead }) => byLead[k]!),
      ),
    ),
    ...SEEN_MINUTES.map((minutes, k) =>
      row(
        `the mean of the first ${minutes} minutes of the hour itself`,
        loads.map(({ seen }) => seen[k]!),
      ),
    ),
  ];
  return `| of an hour's mean | median accuracy % | loads |
| --- | ---: | ---: |
${rows.join('\n')}`;
}
