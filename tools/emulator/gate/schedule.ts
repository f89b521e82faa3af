import type { SizeChange } from '../../../models/simulate/environment/aws-refusals.ts';
import type { Cron } from './cron.ts';
import { nextAfter } from './cron.ts';

/** One scheduled action of a group; instants in epoch ms. */
export interface ScheduledAction {
  readonly name: string;
  /** When it runs next. */
  readonly startMs: number;
  readonly endMs: number | null;
  readonly recurrence: { readonly text: string; readonly cron: Cron } | null;
  readonly sizes: SizeChange;
}

/** An action with the region and group that it belongs to. */
export interface DueAction {
  readonly region: string;
  readonly group: string;
  readonly action: ScheduledAction;
}

/**
 * The scheduled actions of every group. The gate keeps them itself: the emulator behind it files them by name alone, so
 * that two groups overwrite one another's, and never runs them.
 */
export interface Schedule {
  list(region: string, group: string | null): readonly DueAction[];
  put(region: string, group: string, action: ScheduledAction): void;
  /** False when there was no such action. */
  remove(region: string, group: string, name: string): boolean;
  removeGroup(region: string, group: string): void;
  /** Takes out what is due at `nowMs`, earliest first; recurring actions stay, moved to their next start. */
  takeDue(nowMs: number): readonly DueAction[];
  clear(): void;
}

/** The action as it stands after running once; null when it is over. */
const afterRunning = (action: ScheduledAction): ScheduledAction | null => {
  if (action.recurrence === null) return null;
  const startMs = nextAfter(action.recurrence.cron, action.startMs);
  return startMs === null || (action.endMs !== null && startMs > action.endMs) ? null : { ...action, startMs };
};

/** An empty schedule. */
export const emptySchedule = (): Schedule => {
  let entries: readonly DueAction[] = [];
  const without = (region: string, group: string, name?: string) =>
    entries.filter((e) => e.region !== region || e.group !== group || (name !== undefined && e.action.name !== name));
  const takeFirstDue = (nowMs: number): DueAction | null => {
    const due = entries.filter((e) => e.action.startMs <= nowMs).sort((a, b) => a.action.startMs - b.action.startMs)[0];
    if (due === undefined) return null;
    const next = afterRunning(due.action);
    entries = entries.flatMap((e) => (e !== due ? [e] : next === null ? [] : [{ ...e, action: next }]));
    return due;
  };
  return {
    list: (region, group) => entries.filter((e) => e.region === region && (group ?? e.group) === e.group),
    put: (region, group, action) => {
      entries = [...without(region, group, action.name), { region, group, action }];
    },
    remove: (region, group, name) => {
      const left = without(region, group, name);
      const found = left.length < entries.length;
      entries = left;
      return found;
    },
    removeGroup: (region, group) => {
      entries = without(region, group);
    },
    takeDue: (nowMs) => {
      const taken: DueAction[] = [];
      for (let due = takeFirstDue(nowMs); due !== null; due = takeFirstDue(nowMs)) taken.push(due);
      return taken;
    },
    clear: () => {
      entries = [];
    },
  };
};
