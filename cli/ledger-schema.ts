import { z } from 'zod';
import { SHORTAGES } from '../loop/launches.ts';
import { LEDGER_LEVELS } from '../loop/ledger.ts';
import type { LedgerRecord } from '../loop/ports.ts';
import type { Rule } from '../models/decide/decision.ts';
import { instant } from '../models/kernel/series.ts';
import { units } from '../models/kernel/units.ts';

const finite = z.number();
const capacity = z.number().int().min(0).transform(units);
// A later version may know more rules than this one: a name is enough to tell the story.
const rule = z.custom<Rule>((value) => typeof value === 'string' && value !== '', { error: 'a rule is needed' });
const group = z.object({
  arn: z.string().min(1),
  name: z.string().min(1),
  account: z.string(),
  region: z.string(),
});
const stamp = { group, asOfMs: finite };

const forecast = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('forecast'),
    model: z.string(),
    fittedAtMs: finite,
    repairedSteps: z.number().int().min(1).optional(),
    windowSteps: z.number().int().min(1),
    expectedPeak: finite,
    quantiles: z.array(finite).length(LEDGER_LEVELS.length),
    level: finite,
    loadAtLevel: finite,
  }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
]);

const load = z.object({
  freshUntilMs: finite.nullable(),
  latest: finite.nullable(),
  observed: finite,
  filled: finite,
  blank: finite,
  censored: finite,
  rejected: finite,
  unusual: z.object({ score: finite, because: z.string().nullable() }).optional(),
});

const doubt = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drift'), cusum: finite, psi: finite, psiLimit: finite, reason: z.string() }),
  z.object({ kind: z.literal('no-better-than-naive'), skill: finite, reason: z.string() }),
]);

const groupFound = z.object({
  minSize: capacity,
  maxSize: capacity,
  desired: capacity,
  inService: capacity,
  pending: capacity,
  base: capacity,
  largestWeight: capacity.optional(),
});

const headroom = z.object({
  limits: z.array(z.object({ of: z.enum(['vcpu-quota', 'subnet-addresses']), units: capacity, said: z.string() })),
  unknown: z.array(z.string()),
});

const lead = z.object({
  seconds: finite,
  bootSeconds: finite,
  source: z.enum(['configured', 'measured']),
  configuredSeconds: finite,
  boots: finite,
  measuredSeconds: finite.optional(),
});

const shortage = z.object({ atMs: finite, kind: z.enum(SHORTAGES), said: z.string() });

const action = z.object({
  floor: capacity.nullable(),
  desired: capacity.nullable(),
  arm: z.object({ name: z.string(), startMs: finite.transform(instant), minSize: capacity }).nullable(),
  disarm: z.string().nullable(),
  claim: z.boolean(),
});

const decision = z.object({
  ...stamp,
  version: z.literal(1),
  policyName: z.string(),
  workload: z.string(),
  wallMs: finite,
  mode: z.enum(['observe', 'advise', 'floor', 'desired']),
  load: load.nullable(),
  blind: z.string().optional(),
  lead: lead.optional(),
  shortage: shortage.optional(),
  forecast,
  doubt: doubt.optional(),
  groupFound: groupFound.nullable(),
  headroom: headroom.optional(),
  rival: z.literal('aws-predictive-scaling').optional(),
  needNow: capacity.nullable(),
  decision: z.object({ target: capacity, rule, reasons: z.array(z.string()) }).nullable(),
  alternatives: z.array(z.object({ target: capacity, coverage: finite, expectedPrice: finite })),
  counterfactual: z.object({ targetTracking50: capacity.nullable(), targetTracking70: capacity.nullable() }),
  action,
  inputs: z.string().nullable(),
  versions: z.object({ prescale: z.string(), policyVersion: finite }),
});

const outcome = z.object({
  ...stamp,
  status: z.enum(['acted', 'recorded', 'held', 'refused']),
  reasons: z.array(z.string()),
});

const confirm = z.object({
  ...stamp,
  seenAtMs: finite,
  floorSeen: capacity,
  desiredSeen: capacity,
  asIntended: z.boolean(),
});

const Record = z.object({ decision, outcome: outcome.optional(), confirm: confirm.optional() });

/** A record, or every field that is not as it must be, in words. */
export function parseLedgerRecord(value: unknown): { readonly record: LedgerRecord } | { readonly problems: string } {
  const parsed = Record.safeParse(value);
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((i) => `${i.path.join('.') || 'record'}: ${i.message}`).join('; ') };
  }
  const { decision: entry, outcome: concluded, confirm: confirmed } = parsed.data;
  return { record: { decision: entry, outcome: concluded, confirm: confirmed } };
}
