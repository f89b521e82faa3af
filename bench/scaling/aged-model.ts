import type { DirectModel } from '../../models/forecast/direct-model.ts';

/**
 * The model that stood before with the newest history behind it: its lines and its errors stay as they were fitted, and
 * what its features look back at is the fresh fit's tail on the older scale.
 */
export function aged(fresh: DirectModel, standing: DirectModel | undefined): DirectModel {
  if (standing === undefined) return fresh;
  const scale = Math.sqrt(fresh.unit / standing.unit);
  return {
    ...standing,
    fittedAtMs: fresh.fittedAtMs,
    tail: fresh.tail.map((v) => v * scale),
    averagesFrom: fresh.averagesFrom,
    averages: fresh.averages.map((v) => v * scale),
  };
}
