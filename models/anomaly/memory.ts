import { InvariantError } from '../kernel/errors.ts';

/** The order of `DetectorMemory.numbers`; another order is another version. */
export const MEMORY_VERSION = 1;

/** What a detector knows after a series, as plain JSON of some 10 kB. */
export interface DetectorMemory {
  readonly version: number;
  /** End of the last value that it has seen. */
  readonly untilMs: number;
  readonly hush: number;
  readonly numbers: readonly number[];
}

/** A part of a detector that can be put into numbers and back. */
export interface Remembering {
  keep(into: number[]): void;
  recall(next: () => number): void;
}

/** Six digits are more than a score shows, and a third of the text. */
export const rounded = (x: number): number => Number(x.toPrecision(6));

/** Hands out numbers one by one. Throws when there are no more: the memory is not of this version. */
export function reader(numbers: readonly number[]): () => number {
  let at = 0;
  return () => {
    const value = numbers[at++];
    if (value !== undefined) return value;
    throw new InvariantError(`a detector's memory holds ${numbers.length} numbers; more are needed`);
  };
}
