import { BadInputError } from '../../models/kernel/errors.ts';
import { parseDuration } from '../duration.ts';

/** A lead as it was written, and how long it is. */
export interface NamedLead {
  readonly name: string;
  readonly ms: number;
}

/** Seconds: a minute, and as far ahead as a quarter of a year. */
const LEADS = { least: 60, most: 92 * 86_400 };

/** Reads leads separated by commas, such as `1h,24h,7d`; throws `BadInputError` for an empty one or one named twice. */
export function parseLeads(text: string): readonly NamedLead[] {
  const names = text.split(',').map((name) => name.trim());
  const again = names.find((name, i) => names.indexOf(name) !== i);
  if (again !== undefined) throw new BadInputError(`--leads: "${again}" is named twice; each lead is needed once`);
  return names.map((name) => ({ name, ms: parseDuration(name, '--leads', LEADS) * 1000 }));
}
