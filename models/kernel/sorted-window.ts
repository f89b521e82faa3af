/** The newest values of a stream, in ascending order. */
export interface SortedWindow {
  readonly size: () => number;
  /** The held values, ascending; shares memory with the window and changes with the next one taken in. O(1). */
  readonly sorted: () => Float64Array;
  /** The value of a rank, 0 the least. */
  readonly at: (rank: number) => number;
  /** How many values are less than one. O(log size). */
  readonly rank: (value: number) => number;
  /** Takes a value in; once the window is full, the oldest one leaves. O(log size), and moving what is greater. */
  readonly add: (value: number) => void;
}

/** An empty window for at most `most` values. */
export function sortedWindow(most: number): SortedWindow {
  const ascending = new Float64Array(most + 1);
  const inOrder = new Float64Array(most);
  let seen = 0;
  let size = 0;
  const rankOf = (value: number): number => {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    size: () => size,
    sorted: () => ascending.subarray(0, size),
    at: (rank) => ascending[rank]!,
    rank: rankOf,
    add: (value) => {
      if (size === most) {
        const oldest = rankOf(inOrder[seen % most]!);
        ascending.copyWithin(oldest, oldest + 1, size);
        size--;
      }
      const rank = rankOf(value);
      ascending.copyWithin(rank + 1, rank, size);
      ascending[rank] = value;
      inOrder[seen % most] = value;
      seen++;
      size++;
    },
  };
}
