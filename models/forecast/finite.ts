import { accept, type Result, refuse } from '../kernel/result.ts';
import type { ForecastRefusal } from './forecaster.ts';

/** Refuses a history that is too short or holds a value that is not finite; otherwise hands it back. O(n). */
export function usable(values: Float64Array, need: number): Result<Float64Array, ForecastRefusal> {
  if (values.length < need) return refuse({ kind: 'too-short', have: values.length, need });
  const index = values.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? accept(values) : refuse({ kind: 'not-finite', index });
}

/** A library's path held to what a load can be: finite and not negative; refuses it otherwise. O(n). */
export function sanePath(path: ArrayLike<number>, horizon: number): Result<Float64Array, ForecastRefusal> {
  if (path.length < horizon) {
    return refuse({ kind: 'library', reason: `asked for ${horizon} steps, the library gave ${path.length}` });
  }
  const values = new Float64Array(horizon);
  for (let i = 0; i < horizon; i++) {
    if (!Number.isFinite(path[i]!))
      return refuse({ kind: 'library', reason: `step ${i + 1} of the path is ${path[i]}` });
    values[i] = Math.max(0, path[i]!);
  }
  return accept(values);
}

/** The words of whatever a library threw. */
export const thrown = (error: unknown): ForecastRefusal => ({
  kind: 'library',
  reason: error instanceof Error ? error.message : String(error),
});
