import { randomSource } from '../kernel/rng.ts';

/** What a search found, and what it cost. */
export interface Found<P> {
  readonly best: P;
  readonly score: number;
  /** Every point that was tried with its score, in order; undefined where there was no answer. */
  readonly tried: readonly { readonly point: P; readonly score: number | undefined }[];
  /** Points that the budget did not reach. */
  readonly untried: number;
}

/** A score, the less the better; undefined where a point has no answer. */
export type Score<P> = (point: P) => number | undefined;

/** Grid search: the points in order, as many as the budget of trials allows. undefined where none has a score. */
export const gridSearch = <P>(points: readonly P[], score: Score<P>, trials: number): Found<P> | undefined =>
  tryAll(points.slice(0, trials), score, points.length);

/**
 * Random search: as many different points as the budget of trials allows, each as likely as any other; a grid that the
 * budget covers is searched whole, in order. Deterministic for a seed. undefined where no point has a score.
 * Source: Bergstra & Bengio, Random search for hyper-parameter optimization, JMLR 13 (2012).
 */
export function randomSearch<P>(
  points: readonly P[],
  score: Score<P>,
  { trials, seed }: { readonly trials: number; readonly seed: number },
): Found<P> | undefined {
  if (trials >= points.length) return tryAll(points, score, points.length);
  const random = randomSource(seed);
  const left = [...points];
  const drawn = Array.from({ length: trials }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
  return tryAll(drawn, score, points.length);
}

/** The point of the least score; of equal ones the first. */
function tryAll<P>(points: readonly P[], score: Score<P>, size: number): Found<P> | undefined {
  const tried = points.map((point) => {
    const value = score(point);
    return { point, score: value !== undefined && Number.isFinite(value) ? value : undefined };
  });
  let best: { readonly point: P; readonly score: number } | undefined;
  for (const { point, score: value } of tried) {
    if (value !== undefined && (best === undefined || value < best.score)) best = { point, score: value };
  }
  return best && { best: best.point, score: best.score, tried, untried: size - tried.length };
}
