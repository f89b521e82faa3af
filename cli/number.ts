import { BadInputError } from '../models/kernel/errors.ts';

const read = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** Reads a number greater than 0 from a flag; throws `BadInputError` naming the flag otherwise. */
export function parsePositive(text: string, flag: string): number {
  const value = read(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new BadInputError(`${flag}: "${text}" is not a number greater than 0`);
}

/** Reads a number of at least 0 from a flag; throws `BadInputError` naming the flag otherwise. */
export function parseNotNegative(text: string, flag: string): number {
  const value = read(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new BadInputError(`${flag}: "${text}" is not a number of at least 0`);
}
