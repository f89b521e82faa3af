import type { EpochMs } from '../models/kernel/series.ts';

/** How far an event may be ahead of the clock: what two machines' clocks may differ by, with much to spare. */
const MOST_AHEAD_SECONDS = 60;

/**
 * Why an event of this time is dropped, or undefined when it may be carried out. A tick that has begun supersedes every
 * older one, so that a single one of next year would keep its group from every turn until then. Pure.
 */
export function aheadOfClock(asOfMs: EpochMs, wallMs: EpochMs): string | undefined {
  const aheadSeconds = (asOfMs - wallMs) / 1000;
  if (aheadSeconds <= MOST_AHEAD_SECONDS) return undefined;
  return `its time is ${aheadSeconds} s ahead of the clock, at most ${MOST_AHEAD_SECONDS} s are accepted: it is dropped`;
}
