import type { Samples } from '../models/clean/load.ts';
import { noSamples } from './history.ts';
import { metricKey } from './metric-key.ts';
import type { MetricSpec } from './policy.ts';
import type { UnstoredSamples } from './runtime-state.ts';

/**
 * What an earlier tick has read of this metric beyond what the history holds by now. What is stored counts for more: another
 * group of the workload may have written it since, corrected. Pure.
 */
export function recalled(unstored: readonly UnstoredSamples[], metric: MetricSpec, stored: Samples): Samples {
  const key = metricKey(metric);
  const own = unstored.find((samples) => samples.metric === key);
  if (own === undefined) return noSamples;
  const newest = stored.timestampsMs.at(-1) ?? Number.NEGATIVE_INFINITY;
  const first = own.stampsMs.findIndex((stamp) => stamp > newest);
  if (first < 0) return noSamples;
  return {
    timestampsMs: Float64Array.from(own.stampsMs.slice(first)),
    values: Float64Array.from(own.values.slice(first)),
  };
}

/** The same samples as they are remembered until the next tick. Pure. */
export const remembered = (metric: MetricSpec, { timestampsMs, values }: Samples): UnstoredSamples => ({
  metric: metricKey(metric),
  stampsMs: [...timestampsMs],
  values: [...values],
});
