import { BadInputError } from '../models/kernel/errors.ts';
import { type EpochMs, instant } from '../models/kernel/series.ts';

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Reads an ISO-8601 instant. A time needs its zone (`Z` or `+02:00`), because the machine's own zone is nobody's
 * business; a bare day is its start in UTC. Throws `BadInputError` naming the flag.
 */
export function parseMoment(text: string, flag: string): EpochMs {
  const ms = ISO.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(ms)) return instant(ms);
  throw new BadInputError(`${flag}: "${text}" is not a time; write ISO-8601 with a zone, such as 1995-07-03T12:00:00Z`);
}

/** ISO-8601 in UTC without the milliseconds that nobody set. */
export const isoOf = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
