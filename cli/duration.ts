import { BadInputError } from '../models/kernel/errors.ts';

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads `90`, `90s`, `15m`, `1h`, `7d` (a bare number is seconds) as seconds. Throws `BadInputError` on anything else,
 * naming the flag.
 */
export function parseDuration(text: string, flag: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text.trim()) ?? [];
  const seconds = Number(amount) * (UNIT_SECONDS[unit] ?? Number.NaN);
  if (!Number.isFinite(seconds)) {
    throw new BadInputError(`${flag}: "${text}" is not a duration; write seconds, or a number with s, m, h or d (15m)`);
  }
  return seconds;
}

/** As `parseDuration`, and more than nothing. */
export function parsePositiveDuration(text: string, flag: string): number {
  const seconds = parseDuration(text, flag);
  if (seconds > 0) return seconds;
  throw new BadInputError(`${flag}: "${text}" is no time at all; more than 0 is needed`);
}

/** Seconds in the largest unit that divides them: 5400 is `90m`. */
export function sayDuration(seconds: number): string {
  const fits = Object.entries(UNIT_SECONDS).findLast(([, size]) => seconds >= size && seconds % size === 0);
  return fits === undefined ? `${seconds}s` : `${seconds / fits[1]}${fits[0]}`;
}
