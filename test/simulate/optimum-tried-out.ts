import fc from 'fast-check';
import type { OptimumOptions } from '../../models/simulate/optimum-options.ts';
import type { Replay } from '../../models/simulate/scaling-problem.ts';
import { replayWith } from './series.ts';

/** Steps with a need of up to `most` units, blanks among them. */
export const steps = (maxLength: number, most: number) =>
  fc.array(fc.record({ need: fc.integer({ min: 1, max: most }), blank: fc.boolean() }), { minLength: 1, maxLength });

/** Up to four steps and four units: few enough to try out all sequences. */
export const smallProblem = fc
  .record({ steps: steps(4, 4), bootSteps: fc.integer({ min: 1, max: 6 }), penalty: fc.integer({ min: 0, max: 25 }) })
  .map(({ steps, ...rest }) =>
    replayWith({ ...rest, need: steps.map((s) => s.need), blank: steps.map((s) => s.blank) }),
  );

/** The definition of J, read off the page for one sequence of capacities; infinite for a sequence that may not be. */
export function tryOut(problem: Replay, capacity: readonly number[], options: OptimumOptions = {}): number {
  const { initial = problem.need[problem.scoreFrom]!, least = 0, most = Number.POSITIVE_INFINITY } = options;
  const { minimumSteps = 1 } = options;
  let J = 0;
  let before = initial;
  // Each unit by how many steps it has been paid for, the longest first; the initial fleet has been for ever.
  let paid = new Array<number>(initial).fill(Number.POSITIVE_INFINITY);
  for (const [i, n] of capacity.entries()) {
    const t = problem.scoreFrom + i;
    if (options.availability?.lost[i] === 1) before = 0;
    const canLaunch = options.availability?.launchable[i] !== 0;
    const launched = Math.max(0, n - before);
    // Who has fewer than the least launches if possible, and lets nothing go.
    const fewest = canLaunch ? least : Math.min(least, before);
    if (n < fewest || n > most || (launched > 0 && !canLaunch)) return Number.POSITIVE_INFINITY;
    const short = problem.blank[t] === 1 ? 0 : Math.max(0, problem.need[t]! - n);
    const staying = Math.min(before, n);
    J += paid.slice(0, paid.length - staying).reduce((due, steps) => due + Math.max(0, minimumSteps - steps), 0);
    paid = [...paid.slice(paid.length - staying), ...new Array<number>(launched).fill(problem.bootSteps)].map(
      (steps) => steps + 1,
    );
    J += n + problem.bootSteps * launched + problem.penalty * short;
    before = n;
  }
  return J;
}

/** The least J of all sequences of capacities. */
export function cheapestOfAll(problem: Replay, options: OptimumOptions = {}): number {
  const most = Math.max(...problem.need, options.least ?? 0);
  const all = (steps: number): number[][] =>
    steps === 0 ? [[]] : all(steps - 1).flatMap((head) => Array.from({ length: most + 1 }, (_, n) => [...head, n]));
  return Math.min(...all(problem.scoreTo - problem.scoreFrom).map((capacity) => tryOut(problem, capacity, options)));
}
