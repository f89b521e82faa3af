import { BadInputError } from '../models/kernel/errors.ts';

/**
 * The names in `--columns`, with commas between them. Throws `BadInputError` for fewer than two, for one that is empty or named
 * twice, and for a flag that goes with one load `alone`.
 */
export function columnNames(flags: { readonly columns: string }, alone: readonly string[]): readonly string[] {
  const names = flags.columns.split(',');
  if (names.length < 2 || names.includes('') || new Set(names).size < names.length) {
    throw new BadInputError(
      `--columns "${flags.columns}": two different names or more are needed, with commas between`,
    );
  }
  const given = alone.find((flag) => flag in flags);
  if (given === undefined) return names;
  throw new BadInputError(`--${given} goes with one load; --columns names ${names.length}`);
}
