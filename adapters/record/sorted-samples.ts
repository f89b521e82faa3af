import type { Samples } from '../../models/clean/load.ts';

/** First index whose stamp is not below `ms`. O(log n). */
export function indexOf(stamps: Float64Array, length: number, ms: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stamps[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Samples by stamp, ascending and unique, in arrays that grow. Appending is O(1) amortised; reading copies what it gives. */
export class SortedSamples {
  #stamps = new Float64Array(64);
  #values = new Float64Array(64);
  #length = 0;

  /** A sample with a stamp that is already kept replaces it. */
  merge({ timestampsMs, values }: Samples): void {
    for (let i = 0; i < timestampsMs.length; i++) this.#put(timestampsMs[i]!, values[i]!);
  }

  /** Samples with a stamp in [fromMs, toMs), as copies that later merges do not change. */
  between(fromMs: number, toMs: number): Samples {
    const first = indexOf(this.#stamps, this.#length, fromMs);
    const end = Math.max(first, indexOf(this.#stamps, this.#length, toMs));
    return { timestampsMs: this.#stamps.slice(first, end), values: this.#values.slice(first, end) };
  }

  #put(stamp: number, value: number): void {
    const last = this.#length === 0 ? Number.NEGATIVE_INFINITY : this.#stamps[this.#length - 1]!;
    const index = stamp > last ? this.#length : indexOf(this.#stamps, this.#length, stamp);
    if (index === this.#length || this.#stamps[index] !== stamp) this.#insert(index);
    this.#stamps[index] = stamp;
    this.#values[index] = value;
  }

  #insert(index: number): void {
    if (this.#length === this.#stamps.length) {
      this.#stamps = grown(this.#stamps);
      this.#values = grown(this.#values);
    }
    this.#stamps.copyWithin(index + 1, index, this.#length);
    this.#values.copyWithin(index + 1, index, this.#length);
    this.#length++;
  }
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
