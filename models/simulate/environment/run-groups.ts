import type { Move, ScalingPolicy, StepView } from '../policy.ts';
import { pastOf } from '../run.ts';
import type { Trail } from '../score.ts';
import type { Action } from './actions.ts';
import { initial, isOver, transition } from './environment.ts';
import { observe } from './observe.ts';
import { priceBetween } from './price.ts';
import type { Scenario } from './scenario.ts';
import type { EnvironmentState } from './state.ts';

/** One policy's whole course over all groups of a scenario. */
export interface Course {
  /** One for each group, in the scenario's order; `billed` counts whole steps. */
  readonly trails: readonly Trail[];
  /** Σ over groups of billed + p·short, as the scenario bills. */
  readonly price: number;
  /** How often each kind of event happened. */
  readonly events: Readonly<Record<string, number>>;
  readonly end: EnvironmentState;
}

/** Runs each group of a scenario under a run of its own of one policy. O(groups · steps). */
export function runGroups(scenario: Scenario, policy: ScalingPolicy, seed: number): Course {
  const start = initial(scenario, seed);
  const decide = scenario.groups.map(({ replay }) => policy.start(pastOf(replay)));
  const trails = scenario.groups.map(() => emptyTrail(start.setting.to - start.t));
  const events: Record<string, number> = {};
  let state = start;
  while (!isOver(state)) {
    const i = state.t - start.t;
    const actions: Action[] = [];
    for (const [g, { name, view, sizes }] of observe(state).groups.entries()) {
      const action = actionOf(decide[g]!(view), view, sizes.desired);
      if (action !== null) actions.push({ ...action, group: name });
    }
    const next = transition(state, actions);
    state = next.state;
    for (const { kind } of next.events) events[kind] = (events[kind] ?? 0) + 1;
    keepStep(trails, state, i);
  }
  return { trails, price: priceBetween(start, state), events, end: state };
}

type PlainAction =
  | { readonly kind: 'set-desired'; readonly desired: number }
  | { readonly kind: 'scale-in'; readonly units: number };

/** A policy's move as an action; null when nothing is asked for that is not so already. */
export function actionOf(move: Move, { ready }: StepView, desired: number): PlainAction | null {
  switch (move.kind) {
    case 'hold':
      return null;
    case 'desire':
      return move.capacity === desired ? null : { kind: 'set-desired', desired: move.capacity };
    case 'release':
      return move.ready < ready ? { kind: 'scale-in', units: ready - move.ready } : null;
  }
}

function keepStep(trails: readonly Trail[], { groups }: EnvironmentState, i: number): void {
  for (const [g, trail] of trails.entries()) {
    const { serving, existing, launched, capacity } = groups[g]!.step;
    trail.desired[i] = capacity;
    trail.ready[i] = serving;
    trail.billed[i] = existing;
    trail.launched[i] = launched;
  }
}

const emptyTrail = (steps: number): Trail => ({
  desired: new Int32Array(steps),
  ready: new Int32Array(steps),
  billed: new Int32Array(steps),
  launched: new Int32Array(steps),
});
