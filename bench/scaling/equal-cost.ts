import { readTrace } from '../../cli/trace.ts';
import { runQueue } from '../../models/queue/event-driven.ts';
import { fluid } from '../../models/queue/fluid.ts';
import { scoreCapacities } from '../../models/simulate/run.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { ScalingScore } from '../../models/simulate/score.ts';

/** Factors by which a course of capacity is scaled: docs/evaluation.md §2. */
const FACTORS = Array.from({ length: 121 }, (_, i) => 0.8 + i / 100);

/** What a course of capacity did to those who asked, at one price. */
export interface Service {
  readonly cost: number;
  /** Requests that arrived while less was ready than needed. */
  readonly coldStart: number;
  /** 99th percentile of the response time, seconds. */
  readonly p99Seconds: number;
}

export interface EqualCost {
  readonly meanServiceSeconds: number;
  readonly best: string;
  readonly tracking: Service;
  readonly prescale: Service;
}

/** Desired capacities of the policies at each scored step, by name. */
type Courses = Readonly<Record<string, readonly number[]>>;

/**
 * Prescale's course, scaled so that it costs what the best target tracking costs, beside that one: cold-start exposure, and
 * P99 of the response time with the ready units as servers, Poisson arrivals at each step's rate and 1/μ as mean service
 * time, event by event; where there are more than five million requests, as a fluid.
 * Both are interpolated between the two factors whose costs enclose the price.
 */
export function equalCost(file: string, courses: Courses): EqualCost {
  const problem = problemOf(file);
  const trackings = Object.entries(courses).filter(([name]) => name.startsWith('target-tracking-'));
  const scored = trackings.map(([name, course]) => ({ name, course, score: scoreOf(problem, course) }));
  const best = scored.reduce((a, b) => (b.score.J < a.score.J ? b : a));
  const own = courses['prescale'] ?? [];
  const [below, above] = enclosing(problem, own, best.score.cost);
  const [low, high] = [serviceOf(problem, below), serviceOf(problem, above)];
  const share = high.cost === low.cost ? 0 : (best.score.cost - low.cost) / (high.cost - low.cost);
  const between = (a: number, b: number): number => a + share * (b - a);
  return {
    meanServiceSeconds: problem.stepSeconds / problem.mu,
    best: best.name,
    tracking: serviceOf(problem, best.course),
    prescale: {
      cost: between(low.cost, high.cost),
      coldStart: between(low.coldStart, high.coldStart),
      p99Seconds: between(low.p99Seconds, high.p99Seconds),
    },
  };
}

function problemOf(file: string): ScalingProblem {
  const stated = scalingProblem(readTrace(file).series);
  if (!stated.ok) throw new Error(`${file}: ${JSON.stringify(stated.refusal)}`);
  return stated.value;
}

const scaled = (course: readonly number[], factor: number): readonly number[] =>
  course.map((units) => Math.max(1, Math.ceil(units * factor - 1e-9)));

const scoreOf = (problem: ScalingProblem, course: readonly number[]): ScalingScore =>
  scoreCapacities(problem, course, { keepDecisions: true });

/** The course at the last factor that costs no more, and at the first that costs more. */
function enclosing(problem: ScalingProblem, course: readonly number[], cost: number) {
  let below = scaled(course, FACTORS[0]!);
  for (const factor of FACTORS) {
    const next = scaled(course, factor);
    if (scoreOf(problem, next).cost > cost) return [below, next] as const;
    below = next;
  }
  return [below, below] as const;
}

function serviceOf(problem: ScalingProblem, course: readonly number[]): Service {
  const score = scoreOf(problem, course);
  const ready = score.ready ?? new Int32Array(0);
  const p99Seconds = requestsOf(problem) <= MOST_REQUESTS ? p99ByEvents(problem, ready) : p99AsFluid(problem, ready);
  return { cost: score.cost, coldStart: score.coldStart.load, p99Seconds };
}

/** More requests than this are a fluid. */
const MOST_REQUESTS = 5_000_000;

const scoredLoad = ({ load, scoreFrom, scoreTo }: ScalingProblem): Float64Array => load.slice(scoreFrom, scoreTo);

const requestsOf = (problem: ScalingProblem): number => scoredLoad(problem).reduce((sum, load) => sum + load, 0);

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
