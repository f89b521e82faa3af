import { sum } from '../../models/kernel/statistics.ts';
import { runQueue } from '../../models/queue/event-driven.ts';
import { fluid } from '../../models/queue/fluid.ts';
import { scoreCapacities } from '../../models/simulate/run.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import { coldStartExposure, type ScalingScore } from '../../models/simulate/score.ts';

/** What a course of capacity did to those who asked, at one price. */
export interface Service {
  readonly cost: number;
  /** Requests that arrived while less was ready than needed. */
  readonly coldStart: number;
  /** 99th percentile of the response time, seconds. */
  readonly p99Seconds: number;
}

/** More requests than this are a fluid. */
const MOST_REQUESTS = 5_000_000;

/** Prices a course of desired capacity, one for each scored step, under the problem's boot. O(steps). */
export const scoreOf = (problem: ScalingProblem, course: readonly number[]): ScalingScore =>
  scoreCapacities(problem, course, { keepDecisions: true });

/**
 * Cold-start exposure, and P99 of the response time with the ready units as servers, Poisson arrivals at each step's rate
 * and 1/μ as mean service time, event by event; where there are more than five million requests, as a fluid.
 * Source: docs/evaluation.md §2.3.
 */
export function serviceOf(problem: ScalingProblem, course: readonly number[]): Service {
  const score = scoreOf(problem, course);
  return { cost: score.cost, ...servedBy(problem, score.ready ?? new Int32Array(0)) };
}

/** The same for units that serve the scored steps, however they came to be there. */
export function servedBy(problem: ScalingProblem, ready: Int32Array): Omit<Service, 'cost'> {
  const p99Seconds = requestsOf(problem) <= MOST_REQUESTS ? p99ByEvents(problem, ready) : p99AsFluid(problem, ready);
  return { coldStart: coldStartExposure(problem, ready).load, p99Seconds };
}

const scoredLoad = ({ load, scoreFrom, scoreTo }: ScalingProblem): Float64Array => load.slice(scoreFrom, scoreTo);

const requestsOf = (problem: ScalingProblem): number => sum(scoredLoad(problem));

function p99ByEvents(problem: ScalingProblem, ready: Int32Array): number {
  const { stepSeconds, mu } = problem;
  const levels = (values: ArrayLike<number>) =>
    Array.from(values, (value, t) => ({ fromSeconds: t * stepSeconds, value }));
  return runQueue({
    arrivalRate: levels(scoredLoad(problem).map((load) => load / stepSeconds)),
    servers: levels(ready),
    service: { kind: 'exponential', meanSeconds: stepSeconds / mu },
    seconds: ready.length * stepSeconds,
    seed: 1,
  }).response.p99;
}

/**
 * Wait of the last request of each step, weighted by the step's requests, and 99 % of an exponential service: with so many
 * servers chance within a step hardly makes anybody wait.
 */
function p99AsFluid(problem: ScalingProblem, ready: Int32Array): number {
  const { stepSeconds, mu } = problem;
  const arrivals = scoredLoad(problem);
  const { waitSteps } = fluid({ arrivals, capacity: Float64Array.from(ready, (units) => units * mu) });
  const order = Array.from(waitSteps.keys()).sort((a, b) => waitSteps[a]! - waitSteps[b]!);
  const all = requestsOf(problem);
  let before = 0;
  const at = order.find((t) => {
    before += arrivals[t]!;
    return before >= 0.99 * all;
  });
  return (waitSteps[at ?? 0] ?? 0) * stepSeconds - Math.log(0.01) * (stepSeconds / mu);
}
