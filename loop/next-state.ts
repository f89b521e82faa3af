import type { Effect } from './act.ts';
import { handsBack } from './hand-back.ts';
import { type Action, setsSize } from './ledger.ts';
import type { Policy } from './policy.ts';
import type { Thought } from './record.ts';
import type { ArmedSwitch, RuntimeState, Want } from './runtime-state.ts';
import type { TickInputs } from './tick-inputs.ts';

/** Wants are kept for an hour, or for as long as the hold looks back. */
const WANTS_KEPT_MS = 3_600_000;

const wantsKeptMs = ({ guards }: Policy): number => Math.max(WANTS_KEPT_MS, guards.scaleInHoldSeconds * 1000);

/** What to remember after a tick. Pure. */
export function nextState(inputs: TickInputs, thought: Thought, effect: Effect | undefined): RuntimeState {
  const { state, asOfMs, policy } = inputs;
  const { home, plan, settlement } = thought;
  const { action, decision } = settlement;
  const acted = effect?.done === true;
  const looksOn = policy.mode === 'observe' || policy.mode === 'advise';
  const seesLoad = plan.blind === undefined && plan.latest !== undefined;
  return {
    ...state,
    lastAsOfMs: asOfMs,
    base: home.base,
    lastFloor: acted && action.floor !== null ? ourFloor(action.floor, home.base) : home.ourFloor,
    lastDesired: acted && action.desired !== null ? action.desired : state.lastDesired,
    shadow: looksOn && !handsBack(inputs, home) ? decision.target : undefined,
    armed: armedAfter(thought, effect),
    lastScaleInMs: isCut(inputs, thought, acted) ? asOfMs : state.lastScaleInMs,
    recentWants: wantsAfter(inputs, plan.wanted && { asOfMs, target: plan.wanted.target }),
    blindSinceMs: seesLoad ? undefined : (state.blindSinceMs ?? asOfMs),
    lastFreshNeed: plan.needNow ?? state.lastFreshNeed,
    unconfirmed: acted ? unconfirmedOf(action, asOfMs) : undefined,
  };
}

const ourFloor = (floor: NonNullable<Action['floor']>, base: number): RuntimeState['lastFloor'] =>
  floor === base ? undefined : floor;

function armedAfter({ home }: Thought, effect: Effect | undefined): ArmedSwitch | undefined {
  if (effect === undefined) return home.armed;
  if (effect.disarmed) return undefined;
  return effect.armed === undefined ? home.armed : { ...effect.armed, base: home.base };
}

function isCut({ policy, snapshot, state }: TickInputs, { settlement }: Thought, acted: boolean): boolean {
  const { action, decision } = settlement;
  if (action.floor !== null) return acted && action.floor < snapshot.minSize;
  if (action.desired !== null) return acted && action.desired < snapshot.desired;
  if (policy.mode === 'floor' || policy.mode === 'desired') return false;
  return state.shadow !== undefined && decision.target < state.shadow;
}

function wantsAfter({ state, asOfMs, policy }: TickInputs, wanted: Want | undefined): readonly Want[] {
  const kept = state.recentWants.filter((want) => want.asOfMs > asOfMs - wantsKeptMs(policy));
  return wanted === undefined ? kept : [...kept, wanted];
}

const unconfirmedOf = (action: Action, asOfMs: number): RuntimeState['unconfirmed'] =>
  setsSize(action) ? { asOfMs, floor: action.floor ?? undefined, desired: action.desired ?? undefined } : undefined;
