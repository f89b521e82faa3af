/** The newest values of a stream in order of size. */
export interface SortedWindow {
  /** Takes one finite value in and, when the window is full, drops the oldest. O(window), moves of memory alone. */
  push(value: number): void;
  /** How many values it holds. */
  readonly size: number;
  /** The held values, smallest first; shares memory with the window and changes with the next push. O(1). */
  sorted(): Float64Array;
}

/** An empty window for at most `most` values. */
export function sortedWindow(most: number): SortedWindow {
  const byAge = new Float64Array(most);
  const bySize = new Float64Array(most + 1);
  let taken = 0;
  let size = 0;
  const place = (value: number): number => {
    let from = 0;
    let to = size;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (bySize[middle]! < value) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  return {
    push(value) {
      if (size === most) {
        const oldest = place(byAge[taken % most]!);
        bySize.copyWithin(oldest, oldest + 1, size);
        size--;
      }
      const at = place(value);
      bySize.copyWithin(at + 1, at, size);
      bySize[at] = value;
      byAge[taken % most] = value;
      size++;
      taken++;
    },
    get size() {
      return size;
    },
    sorted: () => bySize.subarray(0, size),
  };
}
