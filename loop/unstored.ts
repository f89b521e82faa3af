import type { Samples } from '../models/clean/load.ts';
import { noSamples } from './history.ts';
import { metricKey } from './metric-key.ts';
import type { MetricSpec } from './policy.ts';
import type { UnstoredSamples } from './runtime-state.ts';

/** What an earlier tick has read of this metric and not written to the history yet. Pure. */
export function recalled(unstored: readonly UnstoredSamples[], metric: MetricSpec): Samples {
  const key = metricKey(metric);
  const own = unstored.find((samples) => samples.metric === key);
  if (own === undefined) return noSamples;
  return { timestampsMs: Float64Array.from(own.stampsMs), values: Float64Array.from(own.values) };
}

/** The same samples as they are remembered until the next tick. Pure. */
export const remembered = (metric: MetricSpec, { timestampsMs, values }: Samples): UnstoredSamples => ({
  metric: metricKey(metric),
  stampsMs: [...timestampsMs],
  values: [...values],
});
