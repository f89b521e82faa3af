import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { emfTelemetry } from '../../../adapters/record/emf-telemetry.ts';
import type { DecisionEntry, OutcomeEntry } from '../../../loop/ledger.ts';
import { instant } from '../../../models/kernel/series.ts';
import { units } from '../../../models/kernel/units.ts';
import { decisionOf, groupNamed } from '../../contract/samples.ts';

const T0 = Date.UTC(2026, 0, 15, 12);
const group = groupNamed('web');
const clock = { wall: () => instant(T0 + 1500) };

/** The format's rules, from its specification: what must be there, and that every name has a member at the root. */
const Emf = z
  .looseObject({
    _aws: z.strictObject({
      Timestamp: z.number().int().positive(),
      CloudWatchMetrics: z
        .array(
          z.strictObject({
            Namespace: z.string().min(1).max(1024),
            Dimensions: z.array(z.array(z.string().min(1).max(250)).min(1).max(30)).min(1),
            Metrics: z
              .array(z.strictObject({ Name: z.string().min(1).max(1024), Unit: z.enum(['Count', 'Seconds', 'None']) }))
              .max(100),
          }),
        )
        .min(1),
    }),
  })
  .refine((line) =>
    line._aws.CloudWatchMetrics.every(
      ({ Dimensions, Metrics }) =>
        Dimensions.flat().every((name) => typeof line[name] === 'string') &&
        Metrics.every(({ Name }) => typeof line[Name] === 'number'),
    ),
  );

const linesOf = (entry: DecisionEntry, status: OutcomeEntry['status']) => {
  const lines: string[] = [];
  emfTelemetry((line) => lines.push(line), { clock }).tick(entry, { group, asOfMs: entry.asOfMs, status, reasons: [] });
  return lines;
};

const forecast = {
  kind: 'forecast',
  model: 'mstl-ets',
  fittedAtMs: T0,
  windowSteps: 3,
  expectedPeak: 90,
  quantiles: [70, 80, 90, 100, 110, 120, 130],
  level: 0.95,
  loadAtLevel: 121,
} as const;

describe('emfTelemetry', () => {
  it('gives a group metrics of its own where that is asked for', () => {
    const lines: string[] = [];
    const told = { group, asOfMs: T0, status: 'acted', reasons: [] } as const;
    emfTelemetry((line) => lines.push(line), { clock, perGroup: true }).tick(
      { ...decisionOf(group, T0, 4), forecast },
      told,
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'Group'], ['service']] }] },
    });
  });

  it.each(['acted', 'recorded', 'held', 'refused'] as const)(
    'writes one line of the format for a tick that %s',
    (status) => {
      const lines = linesOf({ ...decisionOf(group, T0, 4), forecast }, status);
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toMatch(/\n/);
      const parsed = Emf.safeParse(JSON.parse(lines[0] ?? ''));
      expect(parsed.error?.message).toBeUndefined();
    },
  );

  it('says what was wanted, needed and forecast, naming the group, as metrics of the fleet', () => {
    const [line = ''] = linesOf({ ...decisionOf(group, T0, 4), forecast }, 'acted');
    expect(JSON.parse(line)).toMatchObject({
      Group: 'web',
      service: 'prescale',
      FloorWanted: 4,
      NeedNow: 2,
      ForecastPeak: 90,
      ForecastLevel: 121,
      Acted: 1,
      Held: 0,
      Refused: 0,
      Blind: 0,
      LatenessSeconds: 1.5,
      _aws: {
        Timestamp: T0,
        CloudWatchMetrics: [{ Namespace: 'Prescale', Dimensions: [['service']] }],
      },
    });
  });

  it('marks a group that the fleet breaker holds back', () => {
    const entry = decisionOf(group, T0, 4);
    const [line = ''] = linesOf(
      { ...entry, decision: { target: units(2), rule: 'fleet-breaker', reasons: [] } },
      'held',
    );
    expect(JSON.parse(line)).toMatchObject({ Braked: 1, Held: 1 });
  });

  it('leaves out what is not known instead of publishing a zero', () => {
    const nothing = { decision: null, needNow: null, load: null, blind: 'nothing was read' };
    const [line = ''] = linesOf({ ...decisionOf(group, T0, 4), ...nothing }, 'refused');
    const said: unknown = JSON.parse(line);
    expect(said).toMatchObject({ Blind: 1, Refused: 1 });
    expect(Object.keys(Object(said))).not.toEqual(expect.arrayContaining(['FloorWanted']));
    expect(line).not.toMatch(/FloorWanted|NeedNow|ForecastPeak|null/);
  });

  it('writes a line of the format for a failure and for what was asked of CloudWatch', () => {
    const lines: string[] = [];
    const telemetry = emfTelemetry((line) => lines.push(line), { clock });
    telemetry.failure(group, 'AWS_THROTTLED');
    telemetry.metricsRequested(37, T0);
    const parsed = lines.map((line) => Emf.safeParse(JSON.parse(line)).data);
    expect(parsed).toMatchObject([
      { Failures: 1, Group: 'web', code: 'AWS_THROTTLED', _aws: { Timestamp: T0 + 1500 } },
      { MetricsRequested: 37, _aws: { Timestamp: T0 } },
    ]);
  });
});
