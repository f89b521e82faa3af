import { describe, expect, it } from '@jest/globals';
import { emfTelemetry } from '../../../adapters/record/emf-telemetry.ts';
import { GROUP_METRIC, METRICS_NAMESPACE, METRICS_SERVICE } from '../../../lambdas/shared/config.ts';
import { instant } from '../../../models/kernel/series.ts';
import { units } from '../../../models/kernel/units.ts';
import { entry, group } from '../entry.ts';

/** What CloudWatch would make of one line: the names of its metrics under the dimension `service` alone. */
function published(lines: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of lines) {
    const parsed = JSON.parse(line);
    for (const { Namespace, Dimensions, Metrics } of parsed._aws.CloudWatchMetrics) {
      const byService = Dimensions.some((set: readonly string[]) => set.join() === 'service');
      if (Namespace !== METRICS_NAMESPACE || !byService || parsed.service !== METRICS_SERVICE) continue;
      for (const { Name } of Metrics) names.add(Name);
    }
  }
  return names;
}

describe('the metrics that alarms and dashboard name', () => {
  it('are published by the telemetry of the loop', () => {
    const lines: string[] = [];
    const telemetry = emfTelemetry((line) => lines.push(line), { clock: { wall: () => instant(entry.asOfMs) } });
    telemetry.tick({ ...entry, needNow: units(3) }, { group, asOfMs: entry.asOfMs, status: 'held', reasons: [] });
    telemetry.failure(group, 'AWS_CALL');
    telemetry.metricsRequested(3, entry.asOfMs);
    const names = published(lines);
    for (const name of Object.values(GROUP_METRIC)) expect([...names]).toContain(name);
  });
});
