import { instant, type Series } from '../../models/kernel/series.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { seededNormal } from '../seeded.ts';

const STEP_SECONDS = 600;

/** A load that swings with the day, in steps of ten minutes, with noise that grows with its root. */
export function dailyLoad(days: number, seed: number): Series {
  const normal = seededNormal(seed);
  const perDay = 86_400 / STEP_SECONDS;
  const values = Float64Array.from({ length: days * perDay }, (_, t) => {
    const rate = 400 + 250 * Math.sin((2 * Math.PI * t) / perDay);
    return Math.max(0, rate + 3 * Math.sqrt(rate) * normal());
  });
  return { startMs: instant(0), stepMs: STEP_SECONDS * 1000, values };
}

/** The problem that it poses, its last steps alone scored; fails the test when it is refused. */
export function dailyProblem(days: number, { seed, scored }: { seed: number; scored: number }): ScalingProblem {
  const load = dailyLoad(days, seed);
  const scoreFrom = load.values.length - scored;
  const problem = scalingProblem({ ...load, mayHaveBlanks: true }, { scoreFrom });
  if (!problem.ok) throw new Error(`refused: ${JSON.stringify(problem.refusal)}`);
  return problem.value;
}
