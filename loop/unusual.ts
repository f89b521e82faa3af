import type { Finding } from '../models/anomaly/detector.ts';
import { newestAgainst } from '../models/anomaly/remember.ts';
import { type CleanLoad, QUALITY } from '../models/clean/load.ts';
import type { Result } from '../models/kernel/result.ts';
import type { TickInputs } from './tick-inputs.ts';

/**
 * How unlike its history the newest load is; undefined where no model remembers one, or nothing came since. It is told in
 * the ledger and changes no decision: a need is a need. Filled steps tell nothing and are passed over. Pure.
 */
export function unusual({ model }: TickInputs, load: Result<CleanLoad, string>): Finding | undefined {
  if (model?.memory === undefined || !load.ok || load.value.freshUntilMs === undefined) return undefined;
  const { series, quality, freshUntilMs } = load.value;
  const newest = Math.round((freshUntilMs - series.startMs) / series.stepMs);
  const seen = series.values
    .subarray(0, newest)
    .map((value, i) => (quality[i] === QUALITY.filled ? Number.NaN : value));
  return newestAgainst(model.memory, { ...series, values: seen });
}
