import { describe, expect, it } from '@jest/globals';
import { policies, policyNamed } from '../../models/simulate/policies/registry.ts';
import { staticPeak } from '../../models/simulate/policies/static-peak.ts';
import { targetTracking } from '../../models/simulate/policies/target-tracking.ts';
import { reactive, tune } from '../../models/simulate/policies/tuned-reactive.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import type { Replay } from '../../models/simulate/scaling-problem.ts';
import { nearestSteps, roundHalfEven } from '../../models/simulate/steps.ts';
import { type ReplayShape, replayWith } from './series.ts';

/** Desired and serving capacity at each step, on a grid of one minute unless given. */
function run(policy: ScalingPolicy, shape: ReplayShape, changes: Partial<Replay> = {}) {
  const { decisions, ready } = runPolicy({ ...replayWith(shape), stepSeconds: 60, ...changes }, policy, {
    keepDecisions: true,
  });
  return { desired: [...(decisions ?? [])], ready: [...(ready ?? [])] };
}

const repeated = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('target tracking', () => {
  // One unit of load needs one unit of capacity at 80 % use, so ready units at need n are used n/ready · 80 %.
  it('goes out in the third minute above its target, to what the target asks for', () => {
    const { desired } = run(targetTracking(0.5), { need: repeated(4, 10), bootSteps: 5 });
    expect(desired).toEqual([10, 10, 16, 16]);
  });

  it('starts counting again when a minute is not above the target', () => {
    const { desired } = run(targetTracking(0.5), { need: [10, 10, 1, 10, 10, 10] });
    expect(desired).toEqual([10, 10, 10, 10, 10, 16]);
  });

  it('acts on in the next minute: acting does not reset the count', () => {
    const { desired } = run(targetTracking(0.5), { need: [4, 4, 4, 5, 6], bootSteps: 5 });
    expect(desired).toEqual([4, 4, 7, 8, 8]);
  });

  it('believes no use above 100 %, so it grows step by step', () => {
    const { desired } = run(targetTracking(0.5), { need: [2, 100, 100, 100], bootSteps: 1 });
    expect(desired).toEqual([2, 2, 4, 8]);
  });

  it('goes in after fifteen minutes below nine tenths, and still serves that minute with what it had', () => {
    const { desired, ready } = run(targetTracking(0.8), { need: [10, ...repeated(16, 5)] });
    expect(desired.slice(13)).toEqual([10, 10, 5, 5]);
    expect(ready.slice(13)).toEqual([10, 10, 10, 5]);
  });

  it('waits fifteen minutes again after it went in', () => {
    const { desired } = run(targetTracking(0.8), { need: [10, ...repeated(15, 5), ...repeated(15, 2)] });
    expect(desired.slice(14)).toEqual([10, ...repeated(14, 5), 5, 2]);
  });

  it('does not go in until a boot time has passed since its last launch', () => {
    const shape = { need: [...repeated(3, 10), ...repeated(25, 1)], bootSteps: 20 };
    expect(run(targetTracking(0.7), shape).desired.slice(20)).toEqual([12, 12, ...repeated(6, 2)]);
  });

  it('leaves pending launches alone when it goes in', () => {
    // Ordered at minute 2, booted at 7; a release of ready units meanwhile would be visible in the sum.
    const { desired } = run(targetTracking(0.7), { need: [...repeated(3, 10), ...repeated(4, 1)], bootSteps: 5 });
    expect(desired).toEqual([10, 10, 12, 12, 12, 12, 12]);
  });

  it('never releases its last unit', () => {
    const { desired } = run(targetTracking(0.5), { need: repeated(40, 1) }, { load: new Float64Array(40) });
    expect(new Set(desired)).toEqual(new Set([1]));
  });

  it.each([
    { stepSeconds: 60, out: 3, in: 15 },
    { stepSeconds: 300, out: 1, in: 3 },
    { stepSeconds: 600, out: 1, in: 2 },
  ])('counts $out steps of $stepSeconds s out and $in in', ({ stepSeconds, ...counts }) => {
    expect({ out: nearestSteps(180, stepSeconds), in: nearestSteps(900, stepSeconds) }).toEqual(counts);
  });
});

describe('the reactive rule', () => {
  it('holds the largest need of the steps it remembers, this one included, with its margin', () => {
    const { desired } = run(reactive({ margin: 1.5, steps: 2 }), { need: [2, 4, 2, 2, 2] });
    expect(desired).toEqual([3, 6, 6, 3, 3]);
  });

  it('remembers from before its first decision', () => {
    expect(run(reactive({ margin: 1, steps: 3 }), { need: [9, 1, 1, 1], scoreFrom: 2 }).desired).toEqual([9, 1]);
  });

  it('knows no more than the lag lets it', () => {
    expect(run(reactive({ margin: 1, steps: 1 }), { need: [1, 2, 3, 4], lagSteps: 1, scoreFrom: 2 }).desired).toEqual([
      2, 3,
    ]);
  });

  it('does not round a whole number up by a hair', () => {
    expect(run(reactive({ margin: 1.1, steps: 1 }), { need: [10] }).desired).toEqual([11]);
  });
});

describe('tuning the reactive rule', () => {
  const tuned = (need: readonly number[], shape: Partial<ReplayShape> = {}) =>
    tune({ ...replayWith({ need, ...shape }), stepSeconds: 60 });

  it('takes no margin and the shortest memory where the need is flat: the first of equals', () => {
    expect(tuned(repeated(40, 10))).toEqual({ margin: 1, steps: 1 });
  });

  it('remembers longer where the need comes and goes faster than a boot', () => {
    const blinking = Array.from({ length: 120 }, (_, i) => (i % 4 === 0 ? 20 : 10));
    expect(tuned(blinking, { bootSteps: 5 })).toEqual({ margin: 1, steps: 5 });
  });

  it('looks at the second half of the past alone', () => {
    const calmAtLast = Array.from({ length: 120 }, (_, i) => (i < 60 && i % 4 === 0 ? 20 : 10));
    expect(tuned(calmAtLast.with(56, 10), { bootSteps: 5 }).margin).toBe(1);
    expect(tuned(calmAtLast.with(56, 10), { bootSteps: 5 }).steps).toBe(1);
  });

  it('takes a margin where the need climbs while units boot', () => {
    const climbing = Array.from({ length: 80 }, (_, i) => 10 + i);
    expect(tuned(climbing, { bootSteps: 5 }).margin).toBeGreaterThan(1);
  });
});

describe('the static peak', () => {
  it('holds the largest need of the past whatever comes', () => {
    expect(run(staticPeak, { need: [3, 7, 1, 9, 1], scoreFrom: 2 }).desired).toEqual([7, 7, 7]);
  });
});

describe('the registry', () => {
  it('names each policy once and finds it by name', () => {
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
    expect(policies.map(({ name }) => policyNamed(name))).toEqual(policies);
    expect(policyNamed('nobody')).toBeUndefined();
  });

  it.each([
    'target-tracking-50',
    'target-tracking-70',
    'hpa-70',
    'aws-predictive',
    'step-scaling',
    'scheduled',
    'hist',
    'reg',
    'tuned-reactive',
    'lcp',
    'newsvendor',
    'static-peak',
  ])('holds %s', (name) => {
    expect(policyNamed(name)?.name).toBe(name);
  });
});

describe('rounding', () => {
  it.each([
    { x: 0.5, to: 0 },
    { x: 1.5, to: 2 },
    { x: 2.5, to: 2 },
    { x: 2.4999, to: 2 },
    { x: 2.5001, to: 3 },
    { x: -0.5, to: 0 },
    { x: -1.5, to: -2 },
    { x: 7, to: 7 },
  ])('takes $x to $to: halves go to the even neighbour', ({ x, to }) => {
    expect(roundHalfEven(x) + 0).toBe(to);
  });
});
