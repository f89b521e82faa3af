import { describe, expect, it } from '@jest/globals';
import { observe } from '../../../models/simulate/environment/observe.ts';
import type { MetricFaults } from '../../../models/simulate/environment/scenario.ts';
import { replayWith } from '../series.ts';
import { oneGroup, play } from './course.ts';

const STEPS = 2400;
const LAG = 1;
/** Each step has a load of its own, so that a value tells which sample it is. */
const need = Array.from({ length: STEPS }, (_, i) => 1000 + i);
const blank = need.map((_, i) => i === 4);
const replay = { ...replayWith({ need, blank, lagSteps: LAG, scoreFrom: 1 }), stepSeconds: 60 };

/** The newest 20 samples, as observed at each step. */
function deliveries(metrics: MetricFaults, seed = 1) {
  const { states } = play(oneGroup({ replay, metrics }), {}, { seed });
  return states.slice(0, -1).map((state) => {
    const { view, samples } = observe(state).groups[0]!;
    const { timestampsMs, values } = samples(state.t - 20);
    const steps = [...timestampsMs].map((ms) => ms / 60_000);
    return { t: state.t, view, steps, values: [...values] };
  });
}

/** Four standard errors of a share of all samples. */
const within = (share: number): number => 4 * Math.sqrt((share * (1 - share)) / STEPS);

describe('a metric', () => {
  it('without faults delivers every sample once, its lag after its step, and no blank', () => {
    for (const { t, steps, values, view } of deliveries({})) {
      const expected = Array.from({ length: 21 }, (_, k) => t - 20 + k).filter(
        (i) => i >= 0 && i <= t - LAG && i !== 4,
      );
      expect(steps).toEqual(expected);
      expect(values).toEqual(expected.map((i) => need[i]));
      expect(view.load).toBe(t - LAG === 4 ? need[3] : need[t - LAG]);
    }
  });

  it('that is late delivers the asked share by one to so many steps later, and until then carries the last forward', () => {
    const first = new Map<number, number>();
    for (const { t, steps, view } of deliveries({ lateShare: 0.3, lateSteps: 4 })) {
      for (const i of steps) if (!first.has(i)) first.set(i, t);
      const there = steps.filter((i) => i <= view.known).at(-1);
      if (there !== undefined) expect(view.load).toBe(need[there]);
    }
    const delays = [...first].filter(([i]) => i > 0 && i < STEPS - 10).map(([i, t]) => t - i - LAG);
    expect(new Set(delays)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(Math.abs(delays.filter((d) => d > 0).length / delays.length - 0.3)).toBeLessThan(within(0.3));
  });

  it('that has holes never delivers the asked share; they read as blanks', () => {
    const seen = deliveries({ missingShare: 0.2 });
    const all = new Set(seen.flatMap(({ steps }) => steps));
    expect(Math.abs(1 - all.size / (STEPS - 2) - 0.2)).toBeLessThan(within(0.2));
    const { view } = seen.at(-1)!;
    const observed = view.history.observed(0);
    for (let i = 1; i < view.known; i++) {
      expect(view.history.isBlank(i)).toBe(!all.has(i));
      expect(Number.isNaN(observed[i])).toBe(!all.has(i));
    }
  });

  it('that is partial holds a part of the load at first and the whole a step later', () => {
    let partial = 0;
    const seen = deliveries({ partialShare: 0.25 });
    for (const { t, steps, values, view } of seen) {
      expect(steps.filter((i, k) => i < t - LAG && values[k] !== need[i])).toEqual([]);
      if (t - LAG === 4) continue;
      expect(view.load).toBeLessThanOrEqual(need[t - LAG]!);
      expect(view.need).toBe(Math.max(1, Math.ceil(view.load - 1e-9)));
      partial += Number(view.load < need[t - LAG]!);
    }
    expect(Math.abs(partial / seen.length - 0.25)).toBeLessThan(within(0.25));
  });

  it('that is duplicated delivers the asked share twice, with one stamp and one value; the history knows it once', () => {
    const { steps, values, view } = deliveries({ duplicatedShare: 0.5 }).at(-1)!;
    const doubles = steps.filter((i, k) => steps[k - 1] === i);
    expect(doubles.length).toBeGreaterThan(0);
    expect(values).toEqual(steps.map((i) => need[i]));
    expect([...view.history.observed(view.t - 20)]).toEqual([...new Set(values)]);
  });

  it('has the same faults for the same seed, whatever the group does', () => {
    const faults = { lateShare: 0.3, missingShare: 0.2, partialShare: 0.2, duplicatedShare: 0.2 };
    const delivered = (seed: number) =>
      JSON.stringify(deliveries(faults, seed).map(({ steps, values }) => [steps, values]));
    expect(delivered(3)).toBe(delivered(3));
    expect(delivered(4)).not.toBe(delivered(3));
  });

  it('cannot be read beyond its newest step', () => {
    const { view } = deliveries({ missingShare: 0.1 })[50]!;
    expect(() => view.history.loadAt(view.known + 1)).toThrow(/cannot be read/);
  });
});
