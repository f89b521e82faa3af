import { BadInputError } from '../kernel/errors.ts';

/** A value that holds from a time on, in seconds after the start. */
export interface Level {
  readonly fromSeconds: number;
  readonly value: number;
}

/** One value for all time, or values that hold one after another. */
export type Levels = number | readonly Level[];

/**
 * The levels as a list. Throws `BadInputError` unless there is one from second 0 on, the times rise, and each value is
 * finite and ≥ 0, whole where asked. O(levels).
 */
export function levelsOf(name: string, levels: Levels, { whole }: { readonly whole: boolean }): readonly Level[] {
  const list = typeof levels === 'number' ? [{ fromSeconds: 0, value: levels }] : levels;
  if (list[0]?.fromSeconds !== 0) {
    throw new BadInputError(`${name} must begin at second 0, got ${list[0]?.fromSeconds ?? 'nothing'}`);
  }
  let before = -1;
  for (const { fromSeconds, value } of list) {
    if (!(fromSeconds > before && Number.isFinite(fromSeconds))) {
      throw new BadInputError(`${name} must name rising times, got ${fromSeconds} after ${before}`, { fromSeconds });
    }
    before = fromSeconds;
    if (!(value >= 0 && Number.isFinite(value)) || (whole && !Number.isInteger(value))) {
      const needed = whole ? 'a whole number ≥ 0' : 'a finite number ≥ 0';
      throw new BadInputError(`${name} must be ${needed}, got ${value} from second ${fromSeconds}`, { value });
    }
  }
  return list;
}
