import { BadInputError } from '../models/kernel/errors.ts';
import { type Range, within } from './range.ts';

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** No boot and no delay that a policy may name is longer than four hours; seconds. */
export const DELAYS: Range = { least: 0, most: 4 * 3600 };

/**
 * Reads `90`, `90s`, `15m`, `1h`, `7d` (a bare number is seconds) as seconds. Throws `BadInputError` on anything else and
 * outside the range (in seconds), naming the flag, what was given and what is permitted.
 */
export function parseDuration(text: string, flag: string, range: Range): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text.trim()) ?? [];
  const seconds = Number(amount) * (UNIT_SECONDS[unit] ?? Number.NaN);
  if (within(seconds, range)) return seconds;
  const permitted = `from ${sayDuration(range.least)} to ${sayDuration(range.most)}`;
  throw new BadInputError(
    `${flag}: "${text}" is not a duration ${permitted}; write seconds, or a number with s, m, h or d (15m)`,
  );
}

/** Seconds in the largest unit that divides them: 5400 is `90m`. */
export function sayDuration(seconds: number): string {
  const fits = Object.entries(UNIT_SECONDS).findLast(([, size]) => seconds >= size && seconds % size === 0);
  return fits === undefined ? `${seconds}s` : `${seconds / fits[1]}${fits[0]}`;
}
