import { type EpochMs, instant } from '../models/kernel/series.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';
import type { GroupSurroundings, HomeSwitch } from './ports.ts';
import type { ArmedSwitch } from './runtime-state.ts';

/** Name of the scheduled action that restores a group's MinSize when the controller is gone. */
export const HOME_ACTION = 'prescale-home';

/** How often the start time is shifted when it is taken. */
export const MOST_SHIFTS = 5;

/** Start times are unique within a group: we take odd seconds, people take whole minutes. */
const oddSecond = (ms: number): number => {
  const second = Math.ceil(ms / 1000);
  return (second % 2 === 0 ? second + 1 : second) * 1000;
};

/** The instant `shift` odd seconds after a start that was taken. */
export const shifted = (home: HomeSwitch, shift: number): HomeSwitch => ({
  ...home,
  startMs: instant(home.startMs + shift * 2000),
});

/** So many turns may be missed before the switch fires; the next one still comes in time, with this to spare. */
const MISSABLE_TURNS = 2;
const TO_SPARE_MS = 60_000;

/**
 * True when the switch would restore another base, or once less than half of its life is left, or too little to outlive
 * two turns that are missed.
 */
export function needsRenewal(armed: ArmedSwitch | undefined, base: CapacityUnits, terms: LifeTerms): boolean {
  if (armed === undefined || armed.base !== base) return true;
  const half = (terms.lifeMinutes * 60_000) / 2;
  const missed = (MISSABLE_TURNS + 1) * terms.cadenceSeconds * 1000 + TO_SPARE_MS;
  return armed.startMs - terms.wallMs < Math.max(half, missed);
}

export interface LifeTerms {
  readonly wallMs: number;
  readonly lifeMinutes: number;
  readonly cadenceSeconds: number;
}

/**
 * The switch to arm now: `lifeMinutes` ahead on an odd second that no other scheduled action of the group has. It
 * restores the base, or the MinSize of the newest schedule of the owner that is due before. Pure.
 */
export function homeSwitch(base: CapacityUnits, terms: LifeTerms, around: GroupSurroundings): HomeSwitch {
  const others = around.scheduledActions.filter((action) => action.name !== HOME_ACTION);
  const taken = new Set(others.map((action) => Math.floor(action.startMs / 1000)));
  let start = oddSecond(terms.wallMs + terms.lifeMinutes * 60_000);
  while (taken.has(start / 1000)) start += 2000;
  return { name: HOME_ACTION, startMs: instant(start), minSize: folded(base, instant(start), others) };
}

function folded(base: CapacityUnits, startMs: EpochMs, others: GroupSurroundings['scheduledActions']): CapacityUnits {
  let minSize = base;
  let newest = Number.NEGATIVE_INFINITY;
  for (const action of others) {
    if (action.minSize === undefined || action.startMs > startMs || action.startMs <= newest) continue;
    newest = action.startMs;
    minSize = action.minSize;
  }
  return minSize;
}
