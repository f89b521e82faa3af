import { normalOf } from '../../kernel/normal.ts';

/** What chance is asked for. Each question has a stream of its own, so that one option never shifts another's answers. */
export const STREAM = {
  boot: 1,
  capacity: 2,
  interruption: 3,
  noticeTime: 4,
  schedule: 5,
  late: 6,
  lateBy: 7,
  missing: 8,
  partial: 9,
  partialShare: 10,
  duplicated: 11,
  jitter: 12,
  contention: 13,
} as const;

export type Stream = (typeof STREAM)[keyof typeof STREAM];

/** Which number of a stream is meant: two whole numbers, the second 0 when one suffices. */
export interface Place {
  readonly i: number;
  readonly j?: number;
}

const scramble = (h: number): number => {
  const a = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  const b = Math.imul(a ^ (a >>> 15), 0x735a2d97);
  return b ^ (b >>> 15);
};

const stir = (h: number, value: number): number => {
  const low = scramble((h + 0x9e3779b9) ^ (value | 0));
  const high = Math.floor(value / 2 ** 32);
  return high === 0 ? low : scramble(low ^ high);
};

/** A seed of its own for part `i` of a whole. O(1). */
export const seedOf = (seed: number, i: number): number => stir(stir(0, seed), i) >>> 0;

/**
 * A number in [0, 1) that depends on nothing but seed, stream and place: it can be asked for in any order and any number of
 * times, so two policies meet the same luck at the same place. O(1).
 * Source: the output function of Steele, Lea & Flood, SplitMix (OOPSLA 2014), in 32 bits, used as a hash.
 */
export const draw = (seed: number, stream: Stream, { i, j = 0 }: Place): number =>
  (stir(stir(stir(scramble(seed), stream), i), j) >>> 0) / 2 ** 32;

/** A standard normal number of one place. O(1). */
export const drawNormal = (seed: number, stream: Stream, i: number): number =>
  normalOf(draw(seed, stream, { i, j: 1 }), draw(seed, stream, { i, j: 2 }));
