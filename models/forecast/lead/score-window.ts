import { sortedWindow } from '../../kernel/sorted-window.ts';
import { conformalIndex } from '../conformal.ts';

/** Signs of scores count as much as half when so many scores are independent of each other. */
const SIGNS_FROM = 100;

/** The newest scores of forecasts: errors in units of the usual one. */
export interface ScoreWindow {
  readonly size: () => number;
  /** How many of the scores themselves are less than one. O(log size). */
  readonly rank: (score: number) => number;
  /**
   * The score that a share of what comes stays below, from scores of which so many are independent of each other; not
   * for an empty window.
   */
  readonly quantile: (share: number, independent: number) => number;
  readonly add: (score: number) => void;
}

/** Scores without a sign, at most `most` of them: each share is that of the scores themselves. */
export function sizeWindow(most: number): ScoreWindow {
  const scores = sortedWindow(most);
  return {
    size: scores.size,
    rank: scores.rank,
    quantile: (share) => scores.at(conformalIndex(scores.size(), share)),
    add: scores.add,
  };
}

/**
 * Scores with their signs, at most `most` of them. Few independent errors do not tell whether what comes is further off
 * above the forecast than below it: the quantile lies between theirs and that of errors as great and even on both sides.
 */
export function signedWindow(most: number): ScoreWindow {
  const scores = sizeWindow(most);
  const sizes = sizeWindow(most);
  return {
    ...scores,
    quantile: (share, independent) => {
      const even = Math.sign(share - 0.5) * sizes.quantile(Math.abs(2 * share - 1), independent);
      const signs = independent / (independent + SIGNS_FROM);
      return signs * scores.quantile(share, independent) + (1 - signs) * even;
    },
    add: (score) => {
      scores.add(score);
      sizes.add(Math.abs(score));
    },
  };
}
