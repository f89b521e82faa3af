import { InvariantError } from '../kernel/errors.ts';
import type { Optimum } from './optimum.ts';
import type { Replay } from './scaling-problem.ts';
import type { ScalingScore } from './score.ts';
import { optimumStepPrices, stepPrices } from './step-prices.ts';
import { nearestSteps } from './steps.ts';
import { type WorstWindow, worstWindow } from './worst-window.ts';

const HOUR_SECONDS = 3600;

/** What one policy paid in one case, and the hour in which it paid most above the optimum. */
export interface CaseFigures {
  readonly J: number;
  /** J over the optimum's J of the same case. */
  readonly ratio: number;
  readonly cost: number;
  readonly short: number;
  /** Null for the optimum, which is never above itself. */
  readonly worst: WorstWindow | null;
}

/** Figures of a policy whose score kept its decisions; throws `InvariantError` otherwise. O(steps). */
export function caseFigures(problem: Replay, best: Optimum, score: ScalingScore): CaseFigures {
  const { J, cost, short, ready, billed } = score;
  if (ready === undefined || billed === undefined) throw new InvariantError('the decisions of a score were not kept');
  const hour = nearestSteps(HOUR_SECONDS, problem.stepSeconds);
  const worst = worstWindow(stepPrices(problem, { ready, billed }), optimumStepPrices(problem, best), hour);
  return { J, ratio: J / best.J, cost, short, worst };
}

/** The optimum's own figures. O(1). */
export const optimumFigures = ({ J, cost, short }: Optimum): CaseFigures => ({ J, ratio: 1, cost, short, worst: null });

/** How one case differs from another: by which share of the earlier figure, null where that is 0. */
export interface FiguresChange {
  readonly J: number | null;
  /** A plain difference: it is a ratio already. */
  readonly ratio: number;
  readonly cost: number | null;
  readonly short: number | null;
  readonly worst: number | null;
}

/** From one case to another of the same policy. O(1). */
export const changeOfFigures = (from: CaseFigures, to: CaseFigures): FiguresChange => ({
  J: shareOf(from.J, to.J),
  ratio: to.ratio - from.ratio,
  cost: shareOf(from.cost, to.cost),
  short: shareOf(from.short, to.short),
  worst: from.worst === null || to.worst === null ? null : shareOf(from.worst.excess, to.worst.excess),
});

const shareOf = (from: number, to: number): number | null => (from === 0 ? null : (to - from) / Math.abs(from));
