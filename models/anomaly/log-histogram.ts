import { rounded } from './memory.ts';

/** Bins per doubling, and the doublings that they reach: a bin is 9 % wide, from 2^−20 to 2^44. */
export const PER_DOUBLING = 8;
const LOWEST = -20;
const BINS = 512;

/** Where a value lies, in bins and their fractions; finite for everything from 0 to Infinity. */
export const positionOf = (value: number): number =>
  (Math.log2(Math.min(Math.max(value, 1e-12), 1e30)) - LOWEST) * PER_DOUBLING;

/** The value at the upper end of a bin. */
export const upperEnd = (bin: number): number => 2 ** ((bin + 1) / PER_DOUBLING + LOWEST);

/** The bin of a position. */
export const binOf = (position: number): number => Math.max(0, Math.min(BINS - 1, Math.floor(position)));

/** Weights of values by size, the older ones weighing less: 1/e after `life` values. O(1) a value. */
export class LogHistogram {
  readonly weights = new Float64Array(BINS);
  total = 0;
  count = 0;
  /** Weight of the newest value; it grows instead of the others shrinking. */
  weight = 1;
  private readonly growth: number;

  constructor(life: number) {
    this.growth = 1 + 1 / life;
  }

  /** Returns the factor by which all weights were divided: nearly always 1. */
  add(bin: number): number {
    this.weight *= this.growth;
    this.weights[bin]! += this.weight;
    this.total += this.weight;
    this.count++;
    return this.weight > 1e100 ? this.rescale() : 1;
  }

  /** The bin of the largest value; the last one where there is none. O(bins above it). */
  get highest(): number {
    let bin = BINS - 1;
    while (bin >= 0 && this.weights[bin] === 0) bin--;
    return bin < 0 ? BINS - 1 : bin;
  }

  /** Keeps the bins from `lowest` upwards one by one, and those below as one number. */
  keep(into: number[], lowest: number): void {
    const kept = this.weights.subarray(lowest, this.count === 0 ? 0 : this.highest + 1);
    into.push(this.count, lowest, rounded(this.total / this.weight), kept.length);
    for (const weight of kept) into.push(rounded(weight / this.weight));
  }

  /** What lay below the kept bins comes to lie in the lowest of them. */
  recall(next: () => number): void {
    const [count, lowest, total, bins] = [next(), next(), next(), next()];
    let above = 0;
    for (let b = lowest; b < lowest + bins; b++) above += this.weights[b] = next();
    this.weights[lowest]! += Math.max(0, total - above);
    this.total = Math.max(total, above);
    this.count = count;
    this.weight = 1;
  }

  private rescale(): number {
    const divisor = this.weight;
    for (let b = 0; b < BINS; b++) this.weights[b]! /= divisor;
    this.total /= divisor;
    this.weight = 1;
    return divisor;
  }
}
