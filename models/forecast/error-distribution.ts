import { leastSquares } from '../kernel/least-squares.ts';
import type { HorizonModel } from './direct-model.ts';
import type { ErrorMemory } from './error-memory.ts';

/** Classes of location that have an error distribution of their own, and the errors that one needs. */
const MOST_CLASSES = 3;
const CLASS_SIZE = 150;

/** Order statistics kept of each class. */
const MOST_ERRORS = 256;

/** How far off a line was, and by how much that could have been known. */
export interface Residuals {
  /** Expected v at the targets of the origins, what came less that, and what was known of errors at each origin. */
  readonly location: Float64Array;
  readonly error: Float64Array;
  readonly memories: readonly ErrorMemory[];
}

/**
 * How wide a line's distribution is, and its shape: a regression of the absolute error on the location and on recent
 * errors, and the order statistics of the errors in units of it. O(errors · log errors).
 */
export function fitErrors(steps: number, coefficients: Float64Array, residuals: Residuals): HorizonModel {
  const { location, error, memories } = residuals;
  const spread = fitSpread(residuals);
  const edges = edgesOf(location);
  const classes: number[][] = [...edges, 0].map(() => []);
  for (let i = 0; i < error.length; i++) {
    classes[classOf(edges, location[i]!)]!.push(error[i]! / spreadOf(spread, location[i]!, memories[i]!));
  }
  return {
    steps,
    coefficients: Array.from(coefficients),
    ...spread,
    edges,
    errors: classes.map((errors) => thinned(Float64Array.from(errors).sort())),
  };
}

type Spread = Pick<HorizonModel, 'spread' | 'leastSpread'>;

function fitSpread({ location, error, memories }: Residuals): Spread {
  const columns = Array.from({ length: 4 }, () => new Float64Array(location.length));
  const target = new Float64Array(location.length);
  let sum = 0;
  for (let i = 0; i < location.length; i++) {
    const weight = 1 / Math.sqrt(0.05 + location[i]!);
    columns[0]![i] = weight;
    columns[1]![i] = location[i]! * weight;
    columns[2]![i] = memories[i]!.fast * weight;
    columns[3]![i] = memories[i]!.slow * weight;
    target[i] = Math.abs(error[i]!) * weight;
    sum += Math.abs(error[i]!);
  }
  const meanError = sum / location.length;
  const solved = leastSquares(columns, target, 1e-4);
  return {
    spread: solved.ok ? Array.from(solved.value) : [meanError, 0, 0, 0],
    leastSpread: Math.max(1e-6, 0.25 * meanError),
  };
}

/** Expected absolute error at a location, given what recent errors were. O(1). */
export const spreadOf = ({ spread, leastSpread }: Spread, location: number, { fast, slow }: ErrorMemory): number =>
  Math.max(leastSpread, spread[0]! + spread[1]! * location + spread[2]! * fast + spread[3]! * slow);

/** Index of the error class of a location. O(classes). */
export function classOf(edges: readonly number[], location: number): number {
  let index = 0;
  while (index < edges.length && location >= edges[index]!) index++;
  return index;
}

function edgesOf(locations: Float64Array): readonly number[] {
  const sorted = locations.slice().sort();
  const classes = Math.max(1, Math.min(MOST_CLASSES, Math.floor(sorted.length / CLASS_SIZE)));
  return Array.from({ length: classes - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / classes)]!);
}

function thinned(sorted: Float64Array): readonly number[] {
  if (sorted.length <= MOST_ERRORS) return Array.from(sorted);
  const last = sorted.length - 1;
  return Array.from({ length: MOST_ERRORS }, (_, i) => sorted[Math.round((i * last) / (MOST_ERRORS - 1))]!);
}
