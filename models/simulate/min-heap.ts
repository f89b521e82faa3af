/** Numbered things by priority, the least first; one may be in it several times. Each change is O(log n). */
export class MinHeap {
  readonly #items: number[] = [];
  readonly #priorities: number[] = [];

  clear(): void {
    this.#items.length = 0;
    this.#priorities.length = 0;
  }

  /** Priority of the first; infinite when the heap is empty. */
  least(): number {
    return this.#priorities[0] ?? Number.POSITIVE_INFINITY;
  }

  add(item: number, priority: number): void {
    let at = this.#items.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#priorities[above]! <= priority) break;
      this.#put(at, above);
      at = above;
    }
    this.#items[at] = item;
    this.#priorities[at] = priority;
  }

  /** Takes the first out; −1 when the heap is empty. */
  take(): number {
    const first = this.#items[0] ?? -1;
    const item = this.#items.pop();
    const priority = this.#priorities.pop();
    const length = this.#items.length;
    if (item === undefined || priority === undefined || length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= length) break;
      if (below + 1 < length && this.#priorities[below + 1]! < this.#priorities[below]!) below++;
      if (this.#priorities[below]! >= priority) break;
      this.#put(at, below);
      at = below;
    }
    this.#items[at] = item;
    this.#priorities[at] = priority;
    return first;
  }

  #put(at: number, from: number): void {
    this.#items[at] = this.#items[from]!;
    this.#priorities[at] = this.#priorities[from]!;
  }
}
