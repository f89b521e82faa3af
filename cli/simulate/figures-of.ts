import { type CaseFigures, caseFigures, optimumFigures } from '../../models/simulate/case-figures.ts';
import type { SimulatedCase } from './simulate.ts';

/** Figures of every policy of a case, by name, the optimum last. O(policies · steps). */
export const figuresOf = ({ run: { problem, best, scores } }: SimulatedCase): ReadonlyMap<string, CaseFigures> =>
  new Map([
    ...[...scores].map(([name, score]) => [name, caseFigures(problem, best, score)] as const),
    ['optimum', optimumFigures(best)],
  ]);
