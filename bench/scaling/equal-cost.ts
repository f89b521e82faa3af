import { readTrace } from '../../cli/trace.ts';
import { sum } from '../../models/kernel/statistics.ts';
import { type ScalingProblem, scalingProblem, TARGET_UTILISATION } from '../../models/simulate/scaling-problem.ts';
import { type Service, scoreOf, servedBy, serviceOf } from './served.ts';
import { smoothRate } from './smooth-rate.ts';

/** Factors by which a course of capacity is scaled: docs/evaluation.md §2.6. */
const FACTORS = Array.from({ length: 121 }, (_, i) => 0.8 + i / 100);

/** The most that a known rate is scaled by until it costs as much: far beyond any target. */
const MOST = 16;

export interface EqualCost {
  readonly meanServiceSeconds: number;
  readonly best: string;
  readonly tracking: Service;
  readonly prescale: Service;
  /** Who knows the smooth rate in advance, boots at once and pays for no boot: nobody without that gift need do better. */
  readonly knownRate: Service;
}

/** Desired capacities of the policies at each scored step, by name. */
type Courses = Readonly<Record<string, readonly number[]>>;

/**
 * Prescale's course, scaled so that it costs what the best target tracking costs, beside that one: cold-start exposure and
 * P99 of the response time, interpolated between the two factors whose costs enclose the price. Beside both, as a bound, so
 * many times the smooth rate.
 */
export function equalCost(file: string, courses: Courses): EqualCost {
  const problem = problemOf(file);
  const trackings = Object.entries(courses).filter(([name]) => name.startsWith('target-tracking-'));
  const scored = trackings.map(([name, course]) => ({ name, course, score: scoreOf(problem, course) }));
  const best = scored.reduce((a, b) => (b.score.J < a.score.J ? b : a));
  const { cost } = best.score;
  const [below, above] = enclosing(problem, courses['prescale'] ?? [], cost);
  const [low, high] = [serviceOf(problem, below), serviceOf(problem, above)];
  const share = high.cost === low.cost ? 0 : (cost - low.cost) / (high.cost - low.cost);
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
    knownRate: ofKnownRate(problem, cost),
  };
}

function problemOf(file: string): ScalingProblem {
  const stated = scalingProblem(readTrace(file).series);
  if (!stated.ok) throw new Error(`${file}: ${JSON.stringify(stated.refusal)}`);
  return stated.value;
}

const scaled = (course: ArrayLike<number>, factor: number): readonly number[] =>
  Array.from(course, (units) => Math.max(1, Math.ceil(units * factor - 1e-9)));

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

/** The units that carry the smooth rate, times the greatest factor that costs no more, by bisection. */
function ofKnownRate(problem: ScalingProblem, cost: number): Service {
  const { load, stepSeconds, mu, scoreFrom, scoreTo } = problem;
  const rate = smoothRate(load, stepSeconds).subarray(scoreFrom, scoreTo);
  const need = rate.map((perStep) => perStep / (TARGET_UTILISATION * mu));
  let low = 0;
  let high = MOST;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (sum(scaled(need, middle)) <= cost) low = middle;
    else high = middle;
  }
  const ready = Int32Array.from(scaled(need, low));
  return { cost: sum(ready), ...servedBy(problem, ready) };
}
