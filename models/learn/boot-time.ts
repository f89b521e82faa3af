import { accept, type Result, refuse } from '../kernel/result.ts';

/** Boots that are remembered of a group: what it launches changes with its image, and the newest know it best. */
export const MOST_BOOTS = 20;

/** Fewer say too little: of five, the 0.9 quantile is the slowest. */
export const LEAST_BOOTS = 5;

/** All but one boot in ten are this fast or faster: capacity that comes late is short, capacity that comes early is idle. */
export const BOOT_LEVEL = 0.9;

export interface TooFewBoots {
  readonly kind: 'too-few';
  readonly have: number;
  readonly need: number;
}

/**
 * How long a group takes to boot: the 0.9 quantile of its newest boots, by nearest rank, so that it is one that was seen
 * and a single outlier among ten or more moves nothing. Seconds in, seconds out; refuses fewer than five. Pure, O(n log n).
 */
export function bootTime(seconds: readonly number[]): Result<number, TooFewBoots> {
  const newest = seconds.slice(-MOST_BOOTS).sort((a, b) => a - b);
  if (newest.length < LEAST_BOOTS) return refuse({ kind: 'too-few', have: newest.length, need: LEAST_BOOTS });
  return accept(newest[Math.ceil(BOOT_LEVEL * newest.length) - 1]!);
}
