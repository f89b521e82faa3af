import type { Result } from '../models/kernel/result.ts';
import { OWNER_TAG } from './admission.ts';
import { MOST_SHIFTS, shifted } from './home-switch.ts';
import type { Action } from './ledger.ts';
import type { ActRefusal, GroupActor, GroupId, HomeSwitch } from './ports.ts';

/** What the writes came to. */
export interface Effect {
  readonly done: boolean;
  /** The switch as it was really armed; undefined when it was left alone. */
  readonly armed: HomeSwitch | undefined;
  readonly disarmed: boolean;
  /** One sentence for each write, and for each that AWS did not take. */
  readonly reasons: readonly string[];
}

const said = (what: string, refusal: ActRefusal): string => `${what} refused (${refusal.code}): ${refusal.reason}`;

/**
 * Sixth stage: makes the writes in the order that is safe to be killed in: own, arm, then move, then disarm. All are
 * absolute, so a second run after a crash changes nothing more. A refusal ends the list: an unarmed floor is never
 * raised. Throttling and outages throw, and the tick is retried.
 */
export async function act(
  group: GroupId,
  action: Action,
  hands: { actor: GroupActor; owner: string },
): Promise<Effect> {
  const { actor, owner } = hands;
  const reasons: string[] = [];
  let armed: HomeSwitch | undefined;
  const stopped = (what: string, refusal: ActRefusal): Effect => ({
    done: false,
    armed,
    disarmed: false,
    reasons: [...reasons, said(what, refusal)],
  });

  if (action.claim) {
    const claimed = await actor.claim(group, owner);
    if (!claimed.ok) return stopped(`tag ${OWNER_TAG}`, claimed.refusal);
  }
  if (action.arm !== null) {
    const arming = await arm(group, action.arm, actor);
    if (!arming.ok) return stopped("arming the dead-man's switch, so nothing was raised,", arming.refusal);
    armed = arming.value;
    reasons.push(`armed ${armed.name}: MinSize back to ${armed.minSize} at ${isoSecond(armed.startMs)}`);
  }
  if (action.floor !== null) {
    const moved = await actor.setFloor(group, action.floor);
    if (!moved.ok) return stopped(`MinSize ${action.floor}`, moved.refusal);
    reasons.push(`MinSize set to ${action.floor}`);
  }
  if (action.desired !== null) {
    const moved = await actor.setDesired(group, action.desired);
    if (!moved.ok) return stopped(`DesiredCapacity ${action.desired}`, moved.refusal);
    reasons.push(`DesiredCapacity set to ${action.desired}`);
  }
  if (action.disarm !== null) {
    const gone = await actor.disarmHome(group, action.disarm);
    if (!gone.ok) return stopped(`removing ${action.disarm}`, gone.refusal);
    reasons.push(`removed ${action.disarm}: there is nothing to take home`);
  }
  return { done: true, armed, disarmed: action.disarm !== null, reasons };
}

/** Arms at the time given, or a few odd seconds later where that is taken. */
async function arm(group: GroupId, home: HomeSwitch, actor: GroupActor): Promise<Result<HomeSwitch, ActRefusal>> {
  let answer = await actor.armHome(group, home);
  for (let shift = 1; shift <= MOST_SHIFTS; shift++) {
    if (answer.ok || answer.refusal.kind !== 'name-or-time-taken') break;
    const later = shifted(home, shift);
    answer = await actor.armHome(group, later);
    if (answer.ok) return { ok: true, value: later };
  }
  return answer.ok ? { ok: true, value: home } : answer;
}

const DAY_MS = 86_400_000;

/** hh:mm:ss UTC. */
function isoSecond(ms: number): string {
  const seconds = Math.floor((ms % DAY_MS) / 1000);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)} UTC`;
}
