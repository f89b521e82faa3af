import { describe, expect, it } from '@jest/globals';
import { instant } from '../../models/kernel/series.ts';
import { optimum } from '../../models/simulate/optimum.ts';
import { policies } from '../../models/simulate/policies/registry.ts';
import { type Roughness, roughScore } from '../../models/simulate/rough-score.ts';
import { recordedPolicy, runPolicy } from '../../models/simulate/run.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';

/** Four days of five minutes: a daily wave with a jump of an hour now and then. */
const values = Float64Array.from(
  { length: 1152 },
  (_, i) => 1000 + 700 * Math.sin((i * Math.PI) / 144) + (i % 230 < 12 ? 800 : 0),
);
const stated = scalingProblem(
  { startMs: instant(0), stepMs: 300_000, values, mayHaveBlanks: true },
  { bootSeconds: 900 },
);
if (!stated.ok) throw new Error(stated.refusal.kind);
const problem = stated.value;
const oracleJ = optimum(problem).J;

const policy = (name: string) => policies.find((one) => one.name === name)!;
const rough = (name: string, roughness: Roughness, seed = 1) =>
  roughScore(problem, policy(name), { roughness, seed, oracleJ });

describe('a score in a rougher world', () => {
  it.each(policies.map(({ name }) => ({ name })))(
    'is that of the plain one where nothing is rough: $name',
    ({ name }) => {
      const plain = runPolicy(problem, policy(name), { oracleJ, keepDecisions: true });
      expect(rough(name, {})).toEqual(plain);
      expect(rough(name, { granted: 1 })).toEqual(plain);
    },
  );

  it('is the same for the same seed and another for another', () => {
    expect(rough('newsvendor', { bootSpread: 0.5 })).toEqual(rough('newsvendor', { bootSpread: 0.5 }));
    expect(rough('newsvendor', { bootSpread: 0.5 }, 2)).not.toEqual(rough('newsvendor', { bootSpread: 0.5 }));
  });

  it('lacks more the fewer launches are granted', () => {
    const shorts = [1, 0.5, 0.2, 0.05].map((granted) => rough('tuned-reactive', { granted }).short);
    expect(shorts).toEqual([...shorts].sort((a, b) => a - b));
    expect(shorts.at(-1)).toBeGreaterThan(shorts[0]!);
  });

  it('bills no less where a unit is billed for longer, and adds up', () => {
    const plain = runPolicy(problem, policy('hpa-70'), { oracleJ });
    const long = rough('hpa-70', { minimumBilledSeconds: 24 * 3600 });
    expect(long.cost).toBeGreaterThan(plain.cost);
    expect(long.short).toBe(plain.short);
    expect(long.J).toBeCloseTo(long.cost + problem.penalty * long.short, 6);
    expect(long.ratio).toBe(long.J / oracleJ);
  });

  it('plays a recorded course as it was asked for', () => {
    const { decisions, J } = runPolicy(problem, policy('tuned-reactive'), { keepDecisions: true });
    const course = recordedPolicy(problem, decisions!);
    expect(roughScore(problem, course, { roughness: {}, seed: 1, oracleJ }).J).toBe(J);
  });
});
