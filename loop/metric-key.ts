import type { MetricSpec } from './policy.ts';

/** Namespace, name and dimensions in a fixed order: which metric this is, whatever is asked of it. */
export function metricIdentity({ namespace, name, dimensions }: MetricSpec): string {
  const pairs = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, pairs]);
}

/** The metric together with statistic and period: what a history is kept by. */
export const metricKey = (metric: MetricSpec): string =>
  `${metricIdentity(metric)}${metric.statistic}/${metric.periodSeconds}`;
