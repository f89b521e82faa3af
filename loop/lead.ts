import { bootTime } from '../models/learn/boot-time.ts';
import type { LeadNote, LeadUsed } from './ledger.ts';
import { leadSecondsOf, type Policy } from './policy.ts';
import type { LaunchMemory, LearnedLead } from './runtime-state.ts';
import { modelKeyOf } from './workload-terms.ts';

/** A measured boot time counts between these multiples of the configured one. */
const LEAST_SHARE = 0.5;
const MOST_SHARE = 3;

/** A shorter lead is believed once boots this much slower than measured would still take no more steps. */
const DOUBT = 1.1;

/** Measured times are kept in tens of seconds. */
const QUANTUM_SECONDS = 10;

/** The lead changes at most daily: each change asks for another model. */
export const LEAD_CHANGES_AFTER_MS = 24 * 3_600_000;

/** The policy with another boot time: everything that follows from the lead follows from it. Pure. */
export const withBoot = (policy: Policy, bootSeconds: number): Policy =>
  policy.lead.bootSeconds === bootSeconds ? policy : { ...policy, lead: { ...policy.lead, bootSeconds } };

/** What was learned under the policy as it stands; undefined where the policy has changed since, or does not measure. Pure. */
export function learnedLead({ lead }: Policy, memory: LaunchMemory | undefined): LearnedLead | undefined {
  const learned = memory?.lead;
  return lead.measure && learned?.configuredSeconds === lead.bootSeconds ? learned : undefined;
}

/** Boot time of the next decision, and whence it comes. `configured` is the policy as written. Pure. */
export function leadUsed(configured: Policy, memory: LaunchMemory | undefined): LeadUsed {
  const boots = memory?.bootSeconds ?? [];
  const measured = bootTime(boots);
  return {
    source: learnedLead(configured, memory)?.inForceSeconds === undefined ? 'configured' : 'measured',
    configuredSeconds: configured.lead.bootSeconds,
    boots: boots.length,
    ...(measured.ok ? { measuredSeconds: measured.value } : {}),
  };
}

/**
 * The boot time that decisions should use instead of the one in force, in seconds; undefined where that one will do. Pure.
 *
 * It is the measured one, held between half and three times the configured. Where the policy names no readiness,
 * `bootSeconds` stands for both, and being in service says nothing of being ready: then it is never shortened.
 * It counts only where it changes the steps that the forecast is made for, and a shorter one only where it does so with
 * a tenth to spare: boots vary from one to the next, and no model shall be asked for because they do.
 */
export function wantedBoot(configured: Policy, memory: LaunchMemory, inForceSeconds: number): number | undefined {
  const measured = bootTime(memory.bootSeconds);
  if (!configured.lead.measure || !measured.ok) return undefined;
  const wanted = held(measured.value, configured);
  if (sameSteps(configured, wanted, inForceSeconds)) return undefined;
  if (wanted < inForceSeconds && sameSteps(configured, held(DOUBT * measured.value, configured), inForceSeconds)) {
    return undefined;
  }
  return wanted;
}

function held(seconds: number, { lead: { bootSeconds, readinessSeconds } }: Policy): number {
  const least = bootSeconds * (readinessSeconds > 0 ? LEAST_SHARE : 1);
  const within = Math.min(Math.max(seconds, least), bootSeconds * MOST_SHARE);
  return Math.min(Math.ceil(within / QUANTUM_SECONDS) * QUANTUM_SECONDS, Math.max(LONGEST_SECONDS, bootSeconds));
}

/** As in the policy: no boot that a controller could plan for is longer. */
const LONGEST_SECONDS = 4 * 3600;

/** Whether two boot times ask for the same model. */
export const sameSteps = (policy: Policy, one: number, other: number): boolean =>
  modelKeyOf(withBoot(policy, one)).terms === modelKeyOf(withBoot(policy, other)).terms;

/** What the ledger says of the lead; the policy is the one in force. Pure. */
export const leadNote = (policy: Policy, used: LeadUsed): LeadNote => ({
  seconds: leadSecondsOf(policy),
  bootSeconds: policy.lead.bootSeconds,
  ...used,
});
