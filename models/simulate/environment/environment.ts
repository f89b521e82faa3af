import { InvariantError } from '../../kernel/errors.ts';
import type { Action } from './actions.ts';
import { type AwsRefusal, resourceContention, throttling, unknownGroupRefusal } from './aws-refusals.ts';
import { carryOut } from './calls.ts';
import { checkAction } from './check-action.ts';
import { draw, STREAM } from './draw.ts';
import type { EnvironmentEvent } from './events.ts';
import { finish, score } from './group-step.ts';
import { firstGroup } from './initial-group.ts';
import type { Scenario } from './scenario.ts';
import { beginOf, type Setting, settingOf } from './setting.ts';
import type { EnvironmentState, Turn } from './state.ts';

/** What one transition led to. */
export interface Transition {
  readonly state: EnvironmentState;
  /** In the order of their time. */
  readonly events: readonly EnvironmentEvent[];
}

/**
 * The environment at its first scored step: each group with its first fleet in service and nothing pending.
 * Same scenario and seed, same course. Throws `InvariantError` when the scenario contradicts itself.
 */
export function initial(scenario: Scenario, seed: number): EnvironmentState {
  const setting = settingOf(scenario, seed);
  const groups = setting.groups.map((group) => firstGroup(group));
  return { setting, t: setting.from, groups, calls: { minute: -1, count: 0 } };
}

/** Whether all scored steps are over. */
export const isOver = ({ t, setting }: EnvironmentState): boolean => t >= setting.to;

/**
 * One step: the actions, in their order, at its beginning; then it is served and billed; then all that falls due by itself
 * until the next one begins. The given state stays as it is. Groups share the account's limits and nothing else.
 * Throws `InvariantError` after the last step and for actions that nobody could mean. O(groups + cohorts + actions).
 * Source: docs/evaluation.md §2.2.
 */
export function transition(state: EnvironmentState, actions: readonly Action[]): Transition {
  if (isOver(state)) throw new InvariantError(`the environment ended at step ${state.setting.to}`);
  const { setting, t } = state;
  for (const action of actions) checkAction(setting, action);
  const events: EnvironmentEvent[] = [];
  const turns = turnsOf(state, events);
  const calls = act(state, actions, { turns, events });
  const releases = releasesOf(setting, actions);
  turns.forEach((turn, i) => {
    score(turn, t);
    finish(turn, t, releases.get(i) ?? 0);
  });
  const groups = turns.map(({ group }) => group);
  return { state: { setting, t: t + 1, groups, calls }, events: inOrder(events) };
}

function turnsOf({ setting, groups, t }: EnvironmentState, events: EnvironmentEvent[]): readonly Turn[] {
  const { unitsQuota } = setting.account;
  let room = unitsQuota;
  if (unitsQuota !== Number.POSITIVE_INFINITY) {
    for (const { cohorts } of groups) for (const { units } of cohorts) room -= units;
  }
  const account = { room: Math.max(0, room) };
  const billedUntilMs = beginOf(setting, t);
  return groups.map((group, i) => ({
    setting: setting.groups[i]!,
    group: { ...group },
    events,
    account,
    billedUntilMs,
  }));
}

function act(
  state: EnvironmentState,
  actions: readonly Action[],
  { turns, events }: { readonly turns: readonly Turn[]; readonly events: EnvironmentEvent[] },
): EnvironmentState['calls'] {
  const { setting, t } = state;
  const atMs = beginOf(setting, t);
  const minute = Math.floor(atMs / 60_000);
  let count = minute === state.calls.minute ? state.calls.count : 0;
  actions.forEach((action, i) => {
    if (action.kind === 'scale-in') return;
    const turn = turns[setting.indexOf.get(action.group) ?? -1];
    count++;
    const refusal =
      refusalOf(setting, { t, i, count }) ?? (turn ? carryOut(turn, action, atMs) : unknownGroupRefusal());
    if (refusal !== null) events.push({ kind: 'refused', call: action.kind, refusal, atMs, group: action.group });
  });
  return count === state.calls.count && minute === state.calls.minute ? state.calls : { minute, count };
}

function refusalOf(
  { account, seed }: Setting,
  { t, i, count }: { readonly t: number; readonly i: number; readonly count: number },
): AwsRefusal | null {
  if (count > account.callsPerMinute) return throttling();
  const { contentionShare } = account;
  return contentionShare > 0 && draw(seed, STREAM.contention, { i: t, j: i }) < contentionShare
    ? resourceContention()
    : null;
}

function releasesOf({ indexOf }: Setting, actions: readonly Action[]): ReadonlyMap<number, number> {
  const releases = new Map<number, number>();
  for (const action of actions) {
    const index = action.kind === 'scale-in' ? indexOf.get(action.group) : undefined;
    if (action.kind === 'scale-in' && index !== undefined)
      releases.set(index, (releases.get(index) ?? 0) + action.units);
  }
  return releases;
}

function inOrder(events: EnvironmentEvent[]): readonly EnvironmentEvent[] {
  return events.length < 2 ? events : events.sort((a, b) => a.atMs - b.atMs);
}
