/** Runs work one at a time per key. */
export type Turnstile = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Lets the calls of one key pass one after the other, in order of arrival: a check and the write that it allows must not be split. */
export const turnstile = (): Turnstile => {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(work, work);
    tails.set(key, turn);
    try {
      return await turn;
    } finally {
      if (tails.get(key) === turn) tails.delete(key);
    }
  };
};
