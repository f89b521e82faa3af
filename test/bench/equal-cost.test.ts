import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { equalCost } from '../../bench/scaling/equal-cost.ts';
import { equalCostTable } from '../../bench/scaling/equal-cost-table.ts';
import { smoothRate } from '../../bench/scaling/smooth-rate.ts';
import { readTrace } from '../../cli/trace.ts';
import { targetTracking } from '../../models/simulate/policies/target-tracking.ts';
import { tunedReactive } from '../../models/simulate/policies/tuned-reactive.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';

const FILE = path.resolve(import.meta.dirname, '../../data/llm/llm_servegen_m-large_10min.csv.gz');

function compared() {
  const stated = scalingProblem(readTrace(FILE).series);
  if (!stated.ok) throw new Error(stated.refusal.kind);
  const course = (policy: Parameters<typeof runPolicy>[1]) =>
    Array.from(runPolicy(stated.value, policy, { keepDecisions: true }).decisions ?? []);
  return equalCost(FILE, {
    'target-tracking-50': course(targetTracking(0.5)),
    'target-tracking-70': course(targetTracking(0.7)),
    prescale: course(tunedReactive),
  });
}

describe('what a service feels at equal cost', () => {
  it('takes the cheapest target tracking, the shortage priced, as the one to beat', () => {
    expect(compared().best).toBe('target-tracking-70');
  });

  it('scales the course until it costs the same', () => {
    const { tracking, prescale } = compared();
    expect(prescale.cost).toBeCloseTo(tracking.cost, 6);
  });

  it('exposes fewer requests where the rate is known in advance, for no more', () => {
    const { tracking, prescale, knownRate } = compared();
    expect(knownRate.cost).toBeLessThanOrEqual(tracking.cost);
    expect(knownRate.coldStart).toBeLessThan(prescale.coldStart);
  });

  it('prints each change against target tracking, and the medians', () => {
    const one = {
      ...compared(),
      tracking: { cost: 100, coldStart: 200, p99Seconds: 4 },
      prescale: { cost: 100, coldStart: 100, p99Seconds: 3 },
      knownRate: { cost: 99, coldStart: 20, p99Seconds: 2 },
    };
    const last = equalCostTable([{ series: 'a', ...one }])
      .split('\n')
      .at(-1);
    expect(last).toBe('| **median** |  |  |  |  |  | -50 % | -90 % |  |  | -25 % | -50 % |');
  });
});

describe('the smooth rate', () => {
  it('is the mean of a quarter of an hour about each step', () => {
    const load = Float64Array.from({ length: 30 }, (_, t) => (t === 15 ? 15 : 0));
    const rate = smoothRate(load, 60);
    expect(Array.from(rate.subarray(7, 24))).toEqual([0, ...Array<number>(15).fill(1), 0]);
  });

  it('is the mean of three steps where steps are long', () => {
    expect(Array.from(smoothRate(Float64Array.of(0, 3, 0, 0), 600))).toEqual([1.5, 1, 1, 0]);
  });
});
