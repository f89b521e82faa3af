/** Half-lives of the averages of recent absolute errors, in origins: what has just begun, and what has been going on. */
const FAST = 1 - 0.5 ** (1 / 6);
const SLOW = 1 - 0.5 ** (1 / 60);

/** Averages of the absolute errors that are known at an origin; 0 when none is. */
export interface ErrorMemory {
  readonly fast: number;
  readonly slow: number;
}

export const noErrors: ErrorMemory = { fast: 0, slow: 0 };

/** The memory after one more absolute error. The first one sets both. O(1). */
export const remembered = ({ fast, slow }: ErrorMemory, error: number): ErrorMemory =>
  fast === 0 && slow === 0
    ? { fast: error, slow: error }
    : { fast: fast + FAST * (error - fast), slow: slow + SLOW * (error - slow) };
