import type { KnownLoad } from './known-load.ts';
import type { RecordedLoad, ScalingRules } from './scaling-problem.ts';

/** What is known before the first decision: the rules, and the load of all steps before the first scored one. */
export type PolicyPast = ScalingRules & RecordedLoad;

/** What a policy sees at one step, after this step's launches have become ready. */
export interface StepView {
  readonly t: number;
  /** Newest step whose load is known: t − lagSteps. */
  readonly known: number;
  /** Load and need of step `known`; carried forward when it is blank. */
  readonly load: number;
  readonly need: number;
  readonly ready: number;
  readonly pending: number;
  /** Steps since units were last ordered; Infinity when none were. */
  readonly sinceLaunch: number;
  /** The load of all steps up to `known`, none later. */
  readonly history: KnownLoad;
}

/** What a policy wants of the fleet at one step. */
export type Move =
  | { readonly kind: 'hold' }
  /** Total capacity, ready and pending together; whole, ≥ 0. */
  | { readonly kind: 'desire'; readonly capacity: number }
  /** Ready capacity goes down to this; pending is untouched; this step is still billed and served by the count before. */
  | { readonly kind: 'release'; readonly ready: number };

/** Decides one step. May keep state between the steps of one run. */
export type Decide = (view: StepView) => Move;

/**
 * A rule that yields capacity step by step. `start` begins a run: it may tune on the past, and the returned function is
 * asked once for every step in order. Same past and same views → same moves.
 */
export interface ScalingPolicy {
  readonly name: string;
  start(past: PolicyPast): Decide;
}
