import { codeOf } from '../models/kernel/errors.ts';
import { instant } from '../models/kernel/series.ts';
import { MOST_BOOTS } from '../models/learn/boot-time.ts';
import { PATIENCE_MS, refitOf } from './ask-to-learn.ts';
import type { RecentLaunches } from './launches.ts';
import { LEAD_CHANGES_AFTER_MS, learnedLead, sameSteps, wantedBoot, withBoot } from './lead.ts';
import type { Policy } from './policy.ts';
import type { Ports } from './ports.ts';
import type { LaunchMemory, RuntimeState } from './runtime-state.ts';
import type { TickInputs } from './tick-inputs.ts';

/** Launches are read at most this often, and only where something was launched: four calls an hour. */
const LOOK_AFTER_MS = 15 * 60_000;

/** How far back the first look reaches. */
const FIRST_LOOK_MS = 7 * 24 * 3_600_000;

type Learned = Pick<RuntimeState, 'launches'>;

type Needs = Pick<Ports, 'launches' | 'refits' | 'telemetry'>;

/**
 * Eighth stage: how the group's launches went, and whether boots take as long as the policy says. Asks for the model of a
 * measured boot time; `groundsOf` takes it up. What cannot be read is read later: no decision waits for it.
 */
export async function learnLaunches(inputs: TickInputs, ports: Needs): Promise<Learned> {
  const memory = remembered(inputs);
  const lookDue = memory.unread && inputs.asOfMs - memory.lookedMs >= LOOK_AFTER_MS;
  if (lookDue) return { launches: await asked(inputs, await looked(inputs, memory, ports), ports) };
  // Without news of boots nothing is wanted that was not wanted before.
  return { launches: memory.lead?.askedSeconds === undefined ? memory : await asked(inputs, memory, ports) };
}

/** What is known before this look; launches are unread once something is on its way or has come. */
function remembered({ state, snapshot, asOfMs }: TickInputs): LaunchMemory {
  const { inService, pending, desired } = snapshot;
  const known = state.launches ?? {
    bootSeconds: [],
    readUntilMs: asOfMs - FIRST_LOOK_MS,
    lookedMs: 0,
    unread: false,
    inService,
  };
  const moved = pending > 0 || desired > inService || inService > known.inService;
  return { ...known, inService, unread: known.unread || moved };
}

async function looked(inputs: TickInputs, memory: LaunchMemory, ports: Needs): Promise<LaunchMemory> {
  const { snapshot, asOfMs } = inputs;
  const span = { fromMs: instant(memory.readUntilMs), toMs: instant(asOfMs) };
  let recent: RecentLaunches;
  try {
    recent = await ports.launches.recent(snapshot.group, span);
  } catch (error) {
    ports.telemetry.failure(snapshot.group, codeOf(error));
    return { ...memory, lookedMs: asOfMs };
  }
  const seconds = recent.boots.map(({ startMs, endMs }) => Math.round((endMs - startMs) / 1000));
  return {
    ...memory,
    bootSeconds: [...memory.bootSeconds, ...seconds].slice(-MOST_BOOTS),
    readUntilMs: asOfMs,
    lookedMs: asOfMs,
    // What is still on its way ends later.
    unread: snapshot.pending > 0 || snapshot.desired > snapshot.inService,
    ...(recent.shortage === undefined ? {} : { shortage: recent.shortage }),
  };
}

/** Asks for the model of the boot time that is wanted, where another one is. */
async function asked(inputs: TickInputs, memory: LaunchMemory, ports: Needs): Promise<LaunchMemory> {
  const { policy, lead, asOfMs } = inputs;
  if (lead === undefined) return memory;
  const configured = withBoot(policy, lead.configuredSeconds);
  const learned = learnedLead(configured, memory);
  const inForceSeconds = policy.lead.bootSeconds;
  const wanted = wantedBoot(configured, memory, inForceSeconds);
  const standing = { configuredSeconds: lead.configuredSeconds, ...learned };
  if (wanted === undefined) return learned === undefined ? memory : { ...memory, lead: withoutAsking(standing) };
  if (learned?.sinceMs !== undefined && asOfMs - learned.sinceMs < LEAD_CHANGES_AFTER_MS) return memory;
  if (learned !== undefined && stillAsked(learned, { configured, wanted, asOfMs })) return memory;
  const reason = `boots take ${wanted} s, not ${inForceSeconds} s`;
  await ports.refits.request(refitOf(inputs, reason, wanted));
  return { ...memory, lead: { ...standing, askedSeconds: wanted, askedMs: asOfMs } };
}

type Standing = NonNullable<LaunchMemory['lead']>;

const withoutAsking = ({ askedSeconds: _asked, askedMs: _when, ...rest }: Standing): Standing => rest;

const stillAsked = (
  { askedSeconds, askedMs }: Standing,
  now: { readonly configured: Policy; readonly wanted: number; readonly asOfMs: number },
): boolean =>
  askedSeconds !== undefined &&
  askedMs !== undefined &&
  now.asOfMs - askedMs < PATIENCE_MS &&
  sameSteps(now.configured, askedSeconds, now.wanted);
