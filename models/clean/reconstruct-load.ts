import type { Samples } from './load.ts';

/** Percent of utilisation from which a sample says only that the load was at least this. */
export const CENSORED_FROM_PERCENT = 90;

/** Load rebuilt from utilisation; `censored[i]` is 1 where `samples` has a lower bound. */
export interface ReconstructedLoad {
  readonly samples: Samples;
  readonly censored: Uint8Array;
  /** Utilisation samples without a capacity sample at the same stamp; dropped. */
  readonly unmatched: number;
}

/**
 * Utilisation in percent × capacity in service → total load in fully used units, joined on equal stamps.
 * Only so is the load exogenous: utilisation itself falls when we add instances, and a forecast of it would erase itself.
 * Cost: O(n). Inputs in any order, untouched.
 */
export function reconstructLoad(utilisation: Samples, inService: Samples): ReconstructedLoad {
  const capacityAt = new Map<number, number>();
  for (let i = 0; i < inService.values.length; i++) capacityAt.set(inService.timestampsMs[i]!, inService.values[i]!);
  const room = utilisation.values.length;
  const stamps = new Float64Array(room);
  const load = new Float64Array(room);
  const censored = new Uint8Array(room);
  let n = 0;
  for (let i = 0; i < room; i++) {
    const capacity = capacityAt.get(utilisation.timestampsMs[i]!);
    if (capacity === undefined) continue;
    stamps[n] = utilisation.timestampsMs[i]!;
    load[n] = (utilisation.values[i]! / 100) * capacity;
    censored[n] = utilisation.values[i]! >= CENSORED_FROM_PERCENT ? 1 : 0;
    n++;
  }
  return {
    samples: { timestampsMs: stamps.subarray(0, n), values: load.subarray(0, n) },
    censored: censored.subarray(0, n),
    unmatched: room - n,
  };
}
