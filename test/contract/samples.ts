import type { DecisionEntry } from '../../loop/ledger.ts';
import { noAction } from '../../loop/ledger.ts';
import type { ModelManifest } from '../../loop/manifest.ts';
import type { MetricSpec } from '../../loop/policy.ts';
import type { GroupId, HistoryKey, ModelKey, StoredModel } from '../../loop/ports.ts';
import type { Samples } from '../../models/clean/load.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';

/** A group that exists in nobody's account: stores know groups by ARN alone. */
export const groupNamed = (name: string): GroupId => ({
  arn: `arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:1:autoScalingGroupName/${name}`,
  name,
  account: '000000000000',
  region: 'us-east-1',
});

export const metricNamed = (name: string, changes: Partial<MetricSpec> = {}): MetricSpec => ({
  namespace: 'Prescale/Contract',
  name,
  dimensions: { Site: 'one', Tier: 'web' },
  statistic: 'Sum',
  periodSeconds: 300,
  ...changes,
});

export const samplesOf = (pairs: readonly (readonly [stampMs: number, value: number])[]): Samples => ({
  timestampsMs: Float64Array.from(pairs, ([stamp]) => stamp),
  values: Float64Array.from(pairs, ([, value]) => value),
});

export const pairsOf = ({ timestampsMs, values }: Samples): readonly (readonly [number, number])[] =>
  Array.from(timestampsMs, (stamp, i) => [stamp, values[i]!] as const);

export const historyKey = (workload: string, changes: Partial<MetricSpec> = {}): HistoryKey => ({
  workload,
  metric: metricNamed('Requests', changes),
});

export const modelKey = (
  workload: string,
  changes: Partial<MetricSpec> & { readonly terms?: string } = {},
): ModelKey => {
  const { terms = 'five steps ahead', ...metric } = changes;
  return { ...historyKey(workload, metric), terms };
};

export const decisionOf = (group: GroupId, asOfMs: number, target: number): DecisionEntry => ({
  version: 1,
  group,
  policyName: 'web',
  workload: 'web',
  asOfMs,
  wallMs: asOfMs + 1500,
  mode: 'floor',
  load: {
    freshUntilMs: asOfMs,
    latest: 12.5,
    observed: 3,
    filled: 0,
    blank: 1,
    censored: 0,
    rejected: 0,
    unusual: { score: 0.75, because: 'spike' },
  },
  forecast: { kind: 'refused', reason: 'no model – yet' },
  groupFound: null,
  needNow: units(2),
  decision: { target: units(target), rule: 'newsvendor', reasons: ['≥ need', 'priced'] },
  alternatives: [{ target: units(target), coverage: 0.95, expectedPrice: 3.25 }],
  counterfactual: { targetTracking50: units(4), targetTracking70: null },
  action: { ...noAction, floor: units(target) },
  inputs: null,
  versions: { prescale: '0.1.0', policyVersion: 1 },
});

export const modelOf = (model: string): StoredModel => ({
  artefact: {
    version: 1,
    model,
    fittedAtMs: instant(1_700_000_000_000),
    stepMs: 300_000,
    path: [1.5, 2, 0.1 + 0.2],
    correction: { alpha: 0.3, phi: 0.9 },
    calibration: { windowSteps: 3, power: 0.5, scores: [-0.2, 0, 1e-9] },
    scores: [{ model, pinball: 0.5, pathError: 0.1 + 0.2, refused: null, origins: 12 }],
    direct: {
      version: 1,
      fittedAtMs: instant(1_700_000_300_000),
      stepMs: 300_000,
      unit: 0.1 + 0.2,
      lagDays: [1, 2, 7],
      tail: [1.1, 0.9],
      averagesFrom: 1,
      averages: [1, 1.01, 0.99],
      highest: 3.3,
      memoryHorizon: 0,
      horizons: [
        {
          steps: 2,
          coefficients: [0.5, -0.1],
          spread: [0.1, 0, 0.2],
          leastSpread: 1e-6,
          edges: [1.5],
          errors: [[-1], [2]],
        },
      ],
    },
    trial: {
      bandShare: 0.25,
      margin: 1.15,
      steps: 3,
      tunedAtMs: instant(1_753_344_000_000),
      judgedUntilMs: instant(1_753_347_600_000),
      bandPrice: 12.5,
      reactivePrice: 12,
    },
    record: {
      seasons: [{ days: 1, forecast: 12.5, repeated: 0.1 + 0.2, steps: 288.5 }],
      slight: 0.5,
      judgedUntilMs: instant(1_753_347_600_000),
    },
    repairedSteps: 3,
    memory: { version: 1, untilMs: 1_753_344_000_000, hush: 0.25, numbers: [1, 0.1 + 0.2, -3] },
    chosen: { atMs: instant(1_753_344_000_000), steps: 4032, why: 'stays' },
    events: [
      {
        id: '{"name":"sale"}',
        name: 'sale',
        uplift: 1.75,
        occurrences: 2,
        windows: [{ fromMs: instant(1_753_344_000_000), toMs: instant(1_753_347_600_000) }],
      },
    ],
  },
  address: 'a'.repeat(64),
});

/** A manifest in which nothing is left out. */
export const manifestOf = (work: ModelManifest['work']): ModelManifest => ({
  version: 1,
  workload: 'shop',
  policyName: 'web',
  asOfMs: instant(1_753_344_000_000),
  asked: 'daily',
  work,
  model: 'a'.repeat(64),
  data: {
    sha256: 'b'.repeat(64),
    fromMs: instant(1_753_000_000_000),
    toMs: instant(1_753_344_000_000),
    stepMs: 300_000,
    steps: 1147,
  },
  seed: null,
  donors: [],
  networks: [{ seed: 1, backend: 'wasm', dataHash: 'c'.repeat(64) }],
  versions: { prescale: '0.1.0', node: 'v22' },
  champion: { before: null, after: 'mstl-ets', why: 'better' },
  scores: [{ model: 'mstl-ets', pinball: 0.1 + 0.2, pathError: 1.5, refused: null, origins: 12 }],
});
