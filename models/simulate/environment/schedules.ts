import { sizesAfter, sizesRefusal } from './aws-refusals.ts';
import { NEVER } from './cohort.ts';
import { draw, STREAM } from './draw.ts';
import { resize } from './reconcile.ts';
import type { Schedule } from './scenario.ts';
import type { GroupSetting } from './setting.ts';
import { emit, type GroupState, type Turn } from './state.ts';

/** AWS fires within two minutes of the start time. Source: EC2 Auto Scaling user guide, scheduled scaling. */
const MOST_LATE_MS = 120_000;

/** When an action fires: at its start, or a drawn time of up to two minutes after it. O(1). */
const firingOf = ({ schedulesLate, seed }: GroupSetting, { startMs }: Schedule): number =>
  schedulesLate ? startMs + Math.floor(draw(seed, STREAM.schedule, { i: startMs }) * (MOST_LATE_MS + 1)) : startMs;

/** When the next action fires; one that is overdue fires right after `afterMs`. O(schedules). */
export function nextFiring({ schedules }: GroupState, setting: GroupSetting, afterMs: number): number {
  let next = NEVER;
  for (const schedule of schedules) next = Math.min(next, firingOf(setting, schedule));
  return Math.max(next, afterMs + 1);
}

/** Fires all that is due, the earliest start first; a repeating action is set to its next start. */
export function fire(turn: Turn, atMs: number): void {
  const { group, setting } = turn;
  for (;;) {
    const due = group.schedules
      .filter((schedule) => firingOf(setting, schedule) <= atMs)
      .reduce<Schedule | null>((a, b) => (a !== null && a.startMs <= b.startMs ? a : b), null);
    if (due === null) return;
    const { everyMs } = due;
    const others = group.schedules.filter((schedule) => schedule !== due);
    group.schedules = everyMs === undefined ? others : [...others, { ...due, startMs: due.startMs + everyMs }];
    emit(turn, atMs, { kind: 'scheduled', name: due.name, outcome: carryOut(turn, due, atMs) });
  }
}

function carryOut(turn: Turn, { min, max, desired }: Schedule, atMs: number): string {
  if (turn.group.suspended.includes('ScheduledActions')) return 'suspended';
  const sizes = sizesAfter(turn.group.sizes, { min, max, desired });
  const refusal = sizesRefusal(sizes);
  if (refusal !== null) return refusal.code;
  resize(turn, sizes, atMs);
  return 'fired';
}
