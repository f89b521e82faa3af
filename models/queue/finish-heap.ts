/** What a server is busy with until when. */
export interface Finish {
  readonly at: number;
  readonly server: number;
}

/** A binary heap of finishes, the earliest first; of two at the same time the server with the lower number. O(log n). */
export class FinishHeap {
  readonly #heap: Finish[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest, left where it is; undefined when empty. */
  get first(): Finish | undefined {
    return this.#heap[0];
  }

  servers(): number[] {
    return this.#heap.map(({ server }) => server);
  }

  push(finish: Finish): void {
    const heap = this.#heap;
    let i = heap.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(finish, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = finish;
  }

  pop(): Finish | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let i = 0;
    for (let child = 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

const isBefore = (a: Finish, b: Finish): boolean => a.at < b.at || (a.at === b.at && a.server < b.server);
