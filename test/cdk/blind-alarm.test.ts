import { beforeAll, describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { emfTelemetry } from '../../adapters/record/emf-telemetry.ts';
import { PrescaleController } from '../../cdk/stacks/prescale-controller.ts';
import { controlledGroup } from '../loop/tick/controlled-group.ts';

const AlarmProperties = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  Statistic: z.literal('Maximum'),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.undefined().optional(),
  Threshold: z.number(),
  ComparisonOperator: z.literal('GreaterThanOrEqualToThreshold'),
  TreatMissingData: z.literal('notBreaching'),
  AlarmActions: z.array(z.unknown()).min(1),
});
type AlarmTerms = z.output<typeof AlarmProperties>;

const Line = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

function blindAlarm(): AlarmTerms {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const alarms = Template.fromStack(new PrescaleController(app, 'Controller', {})).findResources(
    'AWS::CloudWatch::Alarm',
    { Properties: { MetricName: 'Blind' } },
  );
  expect(Object.keys(alarms)).toHaveLength(1);
  return AlarmProperties.parse(Object.values(alarms)[0]?.['Properties']);
}

/** What CloudWatch makes of the lines for the metric of the alarm: the maximum of each period, oldest first. */
function datapoints(lines: readonly string[], alarm: AlarmTerms): readonly number[] {
  const byPeriod = new Map<number, number>();
  for (const line of lines.map((text) => Line.parse(JSON.parse(text)))) {
    const { Timestamp, CloudWatchMetrics } = line._aws;
    const published = CloudWatchMetrics.some(
      ({ Namespace, Dimensions, Metrics }) =>
        Namespace === alarm.Namespace &&
        Metrics.some(({ Name }) => Name === alarm.MetricName) &&
        Dimensions.some((names) => names.join() === alarm.Dimensions.map(({ Name }) => Name).join()),
    );
    if (!published || alarm.Dimensions.some(({ Name, Value }) => line[Name] !== Value)) continue;
    const period = Math.floor(Timestamp / 1000 / alarm.Period);
    byPeriod.set(period, Math.max(byPeriod.get(period) ?? 0, z.number().parse(line[alarm.MetricName])));
  }
  return [...byPeriod].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** After which data points the alarm stands, counted from the first. */
const standsAt = (points: readonly number[], { EvaluationPeriods: n, Threshold }: AlarmTerms): readonly number[] =>
  points.flatMap((_, i) => (i + 1 >= n && points.slice(i + 1 - n, i + 1).every((v) => v >= Threshold) ? [i] : []));

describe('the alarm of blindness', () => {
  // Synthesis takes seconds.
  let alarm: AlarmTerms;
  beforeAll(() => {
    alarm = blindAlarm();
  });

  it('hears what the loop publishes: it stands at the third blind turn, stays while the group goes home, and ends', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 || at >= 90 ? 10 : undefined) });
    const { world } = controlled;
    const rules: (string | undefined)[] = [];
    for (let i = 0; i < 22; i++) rules.push((await controlled.turn()).entry.decision?.rule);
    const lines: string[] = [];
    const telemetry = emfTelemetry((line) => lines.push(line), { clock: world.clock });
    for (const { entry, outcome } of world.telemetry.ticks) telemetry.tick(entry, outcome);

    const points = datapoints(lines, alarm);
    expect(points).toEqual(rules.map((rule) => (rule?.startsWith('blind') ? 1 : 0)));
    const first = points.indexOf(1);
    expect(rules[first]).toBe('blind-hold');
    expect(rules).toContain('blind-home');
    const last = points.lastIndexOf(1);
    expect(last - first).toBeGreaterThan(5);
    expect(last).toBeLessThan(points.length - 1);
    expect(standsAt(points, alarm)).toEqual(Array.from({ length: last - first - 1 }, (_, i) => first + 2 + i));
  });

  it('is silent over a group that sees', async () => {
    const controlled = controlledGroup();
    await controlled.turns(6);
    const lines: string[] = [];
    const telemetry = emfTelemetry((line) => lines.push(line), { clock: controlled.world.clock });
    for (const { entry, outcome } of controlled.world.telemetry.ticks) telemetry.tick(entry, outcome);
    expect(datapoints(lines, alarm)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
