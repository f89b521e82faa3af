import { leadFigures } from '../../models/forecast/lead/lead-accuracy.ts';
import { judgeLead } from '../../models/forecast/lead/lead-judgement.ts';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import type { LeadTrees } from '../../models/forecast/pretrained/lead-trees.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { mean, median } from '../../models/kernel/statistics.ts';
import { shown } from './shown.ts';

const HOUR_MS = 3_600_000;

/** How much of the hour that is forecast is looked at before: what no forecaster can have. */
const SEEN_SHARES = [1 / 12, 1 / 4, 1 / 2, 3 / 4] as const;

const LEAD_HOURS = [1, 2, 3, 6, 12, 24] as const;

/** What bounds the accuracy of one load, in per cent; NaN where it cannot be measured. */
export interface Knowable {
  /** Of the mean of what is seen of an hour as the forecast of all of it, as `SEEN_SHARES`. */
  readonly seen: readonly number[];
  /** Of our forecasts, as `LEAD_HOURS`. */
  readonly byLead: readonly number[];
}

/** Hours that are forecast an hour ahead: from the hour `first` on, NaN where none is scored. */
interface HourlyTargets {
  readonly first: number;
  readonly actual: Float64Array;
}

/** Cost: `judgeLead` for each lead. */
export function measureKnowable(series: GappedSeries, targets: HourlyTargets, pretrained?: LeadTrees): Knowable {
  return {
    seen: SEEN_SHARES.map((share) => accuracyOfSeen(series, targets, share)),
    byLead: LEAD_HOURS.map((hours) => {
      const judgement = judgeLead(series, hours * HOUR_MS, { pretrained });
      return judgement.ok ? leadFigures(judgement.value).accuracy : Number.NaN;
    }),
  };
}

function accuracyOfSeen({ values, stepMs }: GappedSeries, { first, actual }: HourlyTargets, share: number): number {
  const factor = Math.round(HOUR_MS / stepMs);
  const known = Math.round(share * factor);
  if (known < 1 || known >= factor) return Number.NaN;
  const seen = actual.map((_, i) => {
    const from = (first + i) * factor;
    return mean(values.subarray(from, from + known));
  });
  return 100 * (1 - meanAbsoluteError(actual, seen) / meanAbsoluteError(actual, new Float64Array(actual.length)));
}

/** Medians over the loads that have each. */
export function knowableTable(all: readonly Knowable[]): string {
  const medianOf = (values: readonly number[]): string => {
    const known = values.filter(Number.isFinite);
    return `${shown(median(known), 1)} | ${known.length}`;
  };
  const rows = [
    ...LEAD_HOURS.map((hours, k) => [`forecast ${hours} h ahead`, medianOf(all.map(({ byLead }) => byLead[k]!))]),
    ...SEEN_SHARES.map((share, k) => [
      `the mean of the first ${60 * share} minutes of the hour itself`,
      medianOf(all.map(({ seen }) => seen[k]!)),
    ]),
  ];
  return `| of an hour's mean | median accuracy % | loads |
| --- | ---: | ---: |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}`;
}
