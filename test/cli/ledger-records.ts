import type { DecisionEntry } from '../../loop/ledger.ts';
import { noAction } from '../../loop/ledger.ts';
import type { GroupId, LedgerRecord } from '../../loop/ports.ts';
import { units } from '../../models/kernel/units.ts';

export const web: GroupId = {
  arn: 'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/web',
  name: 'web',
  account: '123456789012',
  region: 'eu-west-1',
};

/** A whole ledger entry in which a test changes what it is about. */
export const entry = (change: Partial<DecisionEntry> = {}): DecisionEntry => ({
  version: 1,
  group: web,
  policyName: 'web',
  workload: 'shop',
  asOfMs: Date.parse('1995-07-03T12:00:00Z'),
  wallMs: Date.parse('1995-07-03T12:00:07Z'),
  mode: 'floor',
  load: {
    freshUntilMs: Date.parse('1995-07-03T11:55:00Z'),
    latest: 1200.5,
    observed: 288,
    filled: 0,
    blank: 0,
    censored: 0,
    rejected: 0,
  },
  forecast: {
    kind: 'forecast',
    model: 'mstl-ets',
    fittedAtMs: Date.parse('1995-07-03T00:00:00Z'),
    windowSteps: 3,
    expectedPeak: 1300,
    quantiles: [1100, 1200, 1300, 1400, 1500, 1600, 1800],
    level: 20 / 21,
    loadAtLevel: 1600,
  },
  groupFound: {
    minSize: units(2),
    maxSize: units(20),
    desired: units(4),
    inService: units(4),
    pending: units(0),
    base: units(2),
  },
  needNow: units(4),
  decision: { target: units(6), rule: 'newsvendor', reasons: ['the load peaks at or below 1600'] },
  alternatives: [{ target: units(6), coverage: 0.95, expectedPrice: 1.25 }],
  counterfactual: { targetTracking50: units(7), targetTracking70: units(5) },
  action: { ...noAction, floor: units(6) },
  inputs: null,
  versions: { prescale: '0.1.0', policyVersion: 1 },
  ...change,
});

export const record = (change: Partial<DecisionEntry> = {}): LedgerRecord => {
  const decision = entry(change);
  const { group, asOfMs } = decision;
  return { decision, outcome: { group, asOfMs, status: 'acted', reasons: ['MinSize set to 6'] }, confirm: undefined };
};
