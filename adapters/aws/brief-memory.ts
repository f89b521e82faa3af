interface Remembered<T> {
  readonly untilMs: number;
  readonly answer: Promise<T>;
}

/**
 * Answers that are asked for by every group of a batch are asked for once: an answer is shared while it is under way and
 * for `lifeMs` after it was asked for. Failures are not remembered. A batch takes less than a second, so that a second is
 * "once per batch"; what was changed meanwhile is seen by the next one.
 */
export class BriefMemory<T> {
  readonly #remembered = new Map<string, Remembered<T>>();
  readonly #lifeMs: number;
  readonly #nowMs: () => number;

  constructor(lifeMs: number, nowMs: () => number = () => performance.now()) {
    this.#lifeMs = lifeMs;
    this.#nowMs = nowMs;
  }

  async ask(key: string, work: () => Promise<T>): Promise<T> {
    const nowMs = this.#nowMs();
    const known = this.#remembered.get(key);
    if (known !== undefined && known.untilMs > nowMs) return known.answer;
    const answer = work();
    this.#remembered.set(key, { untilMs: nowMs + this.#lifeMs, answer });
    try {
      return await answer;
    } catch (error) {
      if (this.#remembered.get(key)?.answer === answer) this.#remembered.delete(key);
      throw error;
    }
  }

  forget(key: string): void {
    this.#remembered.delete(key);
  }
}
