import { needOf, type Throughput } from '../decide/need.ts';
import type { Series } from '../kernel/series.ts';
import { type Replay, replayOf } from '../simulate/scaling-problem.ts';

/** What courses of capacity are replayed under. */
export interface TrialTerms {
  readonly bootSteps: number;
  readonly lagSteps: number;
  readonly throughput: Throughput;
  readonly shortagePenalty: number;
  /** Widens every distribution about its location. */
  readonly inflation: number;
}

/** A history, or the steps [from, to) of it, as a problem of scaling. O(steps). */
export function replayFrom(
  { values, stepMs }: Series,
  { bootSteps, lagSteps, throughput, shortagePenalty }: TrialTerms,
  scored: { readonly from: number; readonly to: number } = { from: 0, to: values.length },
): Replay {
  const need = new Int32Array(values.length);
  for (let i = 0; i < need.length; i++) need[i] = needOf(values[i]!, throughput);
  const whole = {
    stepSeconds: stepMs / 1000,
    bootSteps,
    lagSteps,
    mu: throughput.perStep,
    penalty: shortagePenalty,
    load: values,
    blank: new Uint8Array(values.length),
    need,
    scoreFrom: 0,
    scoreTo: values.length,
  };
  return replayOf(whole, scored.from, scored.to);
}
