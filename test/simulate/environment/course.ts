import type { Action, GroupCall } from '../../../models/simulate/environment/actions.ts';
import { headOf } from '../../../models/simulate/environment/cohort.ts';
import { initial, isOver, transition } from '../../../models/simulate/environment/environment.ts';
import type { EnvironmentEvent, Happening } from '../../../models/simulate/environment/events.ts';
import type { GroupScenario, Scenario } from '../../../models/simulate/environment/scenario.ts';
import { beginOf } from '../../../models/simulate/environment/setting.ts';
import type { EnvironmentState } from '../../../models/simulate/environment/state.ts';
import { type ReplayShape, replayWith } from '../series.ts';

/** A replay of one-minute steps with a constant need. */
export const steady = (steps: number, need = 4, shape: Omit<ReplayShape, 'need'> = {}) => ({
  ...replayWith({ need: new Array<number>(steps).fill(need), bootSteps: 2, ...shape }),
  stepSeconds: 60,
});

/** One group `a` of four units, one-minute steps, two minutes of boot. */
export const oneGroup = (group: Partial<GroupScenario> = {}, rest: Partial<Scenario> = {}): Scenario => ({
  groups: [{ name: 'a', replay: steady(60), ...group }],
  ...rest,
});

/** What is asked of group `a` at each step. */
export type Script = Readonly<Record<number, readonly GroupCall[]>>;

/** Plays a script to the end, or for some steps; `byStep[i]` leads from state i to state i + 1. */
export function play(scenario: Scenario, script: Script = {}, { seed = 1, steps = Number.POSITIVE_INFINITY } = {}) {
  const states: EnvironmentState[] = [initial(scenario, seed)];
  const byStep: (readonly EnvironmentEvent[])[] = [];
  while (!isOver(states.at(-1)!) && states.length <= steps) {
    const state = states.at(-1)!;
    const actions = (script[state.t] ?? []).map((call): Action => ({ ...call, group: 'a' }));
    const next = transition(state, actions);
    states.push(next.state);
    byStep.push(next.events);
  }
  return { states, byStep, events: byStep.flat() };
}

/** The events of one kind. */
export const only = <K extends Happening['kind']>(events: readonly EnvironmentEvent[], kind: K) =>
  events.filter((event): event is Extract<EnvironmentEvent, { readonly kind: K }> => event.kind === kind);

/** Units of a group at each state, by what they do. */
export const heads = (states: readonly EnvironmentState[], group = 0) =>
  states.map(({ setting, t, groups }) => headOf(groups[group]!.cohorts, beginOf(setting, t)));

/** Freezes everything that a state holds but its shared setting, typed arrays excepted. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const [key, part] of Object.entries(value)) if (key !== 'setting') frozen(part);
  return value;
}
