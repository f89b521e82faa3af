import { type Policy, type PolicyInput, policyOf } from '../../loop/policy.ts';
import type { GroupId, GroupSnapshot, GroupSurroundings } from '../../loop/ports.ts';
import { newRuntimeState } from '../../loop/runtime-state.ts';
import type { TickInputs } from '../../loop/tick-inputs.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';

export const group: GroupId = {
  arn: 'arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:1:autoScalingGroupName/web',
  name: 'web',
  account: '000000000000',
  region: 'us-east-1',
};

export const policyInput: PolicyInput = {
  version: 1,
  name: 'web',
  workload: 'web',
  mode: 'floor',
  load: {
    source: 'total',
    metric: { namespace: 'Test', name: 'Requests', statistic: 'Sum', periodSeconds: 300 },
    missing: 'unknown',
  },
  capacity: { throughputPerUnit: 1 },
};

export const policy = (changes: Partial<PolicyInput> = {}): Policy => policyOf({ ...policyInput, ...changes });

export const snapshot = (changes: Partial<GroupSnapshot> = {}): GroupSnapshot => ({
  group,
  minSize: units(2),
  maxSize: units(40),
  desired: units(10),
  inService: units(10),
  pending: units(0),
  tags: { 'prescale:policy': 'web' },
  suspendedProcesses: [],
  defaultCooldownSeconds: 300,
  ...changes,
});

export const surroundings = (changes: Partial<GroupSurroundings> = {}): GroupSurroundings => ({
  scheduledActions: [],
  hasScaleInPolicy: true,
  hasPredictivePolicy: false,
  refreshing: false,
  ...changes,
});

/** 2026-01-01T00:02:00Z: two minutes past a five-minute boundary, when that boundary's period is published. */
export const nowMs = instant(Date.UTC(2026, 0, 1, 0, 2));

export const inputs = (changes: Partial<TickInputs> = {}): TickInputs => ({
  asOfMs: nowMs,
  wallMs: nowMs,
  policy: policy(),
  snapshot: snapshot(),
  state: newRuntimeState(),
  switch: { verb: 'run', untilMs: undefined, reason: '' },
  samples: { timestampsMs: new Float64Array(0), values: new Float64Array(0) },
  inService: undefined,
  readRefusal: undefined,
  model: undefined,
  modelAddress: undefined,
  owner: 'controller-a',
  ...changes,
});
