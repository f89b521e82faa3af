import { BadInputError } from '../models/kernel/errors.ts';
import { type Range, within } from './range.ts';
import { parseNumber } from './trace-cells.ts';

/** What one unit missing may cost, in multiples of having it: the most that a policy may say, and no less than a trifle. */
export const PENALTIES: Range = { least: 0.001, most: 1_000_000 };

/** Reads a number from a flag; throws `BadInputError` naming the flag, what was given and what is permitted otherwise. */
export function parseQuantity(text: string, flag: string, range: Range): number {
  const value = parseNumber(text.trim());
  if (within(value, range)) return value;
  throw new BadInputError(`${flag}: "${text}" is not a number from ${range.least} to ${range.most}`);
}
