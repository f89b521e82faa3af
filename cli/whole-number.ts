import { BadInputError } from '../models/kernel/errors.ts';
import { type Range, within } from './range.ts';

/** Reads a whole number from a flag; throws `BadInputError` naming the flag, what was given and what is permitted otherwise. */
export function parseWhole(text: string, flag: string, range: Range): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (within(value, range)) return value;
  throw new BadInputError(`${flag}: "${text}" is not a whole number from ${range.least} to ${range.most}`);
}
