import { type DecisionEntry, noAction } from '../../loop/ledger.ts';
import type { GroupId } from '../../loop/ports.ts';
import { units } from '../../models/kernel/units.ts';

export const group: GroupId = { arn: 'arn:web', name: 'web', account: '1', region: 'r' };

/** A decision of a group that was not seen, in mode `observe`. */
export const entry: DecisionEntry = {
  version: 1,
  group,
  policyName: 'web',
  workload: 'web',
  asOfMs: Date.UTC(2026, 0, 1),
  wallMs: Date.UTC(2026, 0, 1),
  mode: 'observe',
  load: null,
  forecast: { kind: 'refused', reason: 'no model yet' },
  groupFound: null,
  needNow: units(3),
  decision: { target: units(4), rule: 'newsvendor', reasons: ['the price asks for it'] },
  alternatives: [],
  counterfactual: { targetTracking50: null, targetTracking70: null },
  action: noAction,
  inputs: 'abc',
  versions: { prescale: '0.1.0', policyVersion: 1 },
};
