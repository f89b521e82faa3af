import { linearScale, ticksFromZero } from './scale.ts';

/** From values to pixels, and where the axis says a value. */
export interface ValueAxis {
  readonly log: boolean;
  /** Where a value lies; on a logarithmic axis 0 has a place of its own beyond the least value. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  /** True when 0 stands apart from the rest of a logarithmic axis. */
  readonly zeroApart: boolean;
}

/** A wider spread than this crowds the small values of a straight axis in its corner. */
const LOG_FROM = 8;

/** How much of the axis separates 0 from the least value above it, where it is logarithmic. */
const ZERO_SHARE = 0.09;

/** An axis for values ≥ 0 that is logarithmic where they spread widely, and straight from 0 elsewhere. */
export function valueAxis(values: readonly number[], [start, end]: readonly [number, number]): ValueAxis {
  const positive = values.filter((value) => value > 0);
  const [least, most] = [
    positive.reduce((a, b) => Math.min(a, b), Infinity),
    positive.reduce((a, b) => Math.max(a, b), 0),
  ];
  if (!(most / least > LOG_FROM)) {
    const ticks = ticksFromZero(most * 1.05, 5);
    return { log: false, at: linearScale([0, ticks.at(-1) ?? 1], [start, end]), ticks, zeroApart: false };
  }
  const zeroApart = positive.length < values.length;
  const [low, high] = [Math.log10(least / 1.3), Math.log10(most * 1.3)];
  const first = zeroApart ? start + (end - start) * ZERO_SHARE : start;
  const scale = linearScale([low, high], [first, end]);
  const ticks = logTicks(low, high);
  return {
    log: true,
    at: (value) => (value > 0 ? scale(Math.log10(value)) : start),
    ticks: zeroApart ? [0, ...ticks] : ticks,
    zeroApart,
  };
}

/** Round multiples of powers of ten: the fewer powers, the more multiples. */
function logTicks(low: number, high: number): readonly number[] {
  const mantissas = high - low > 3.5 ? [1] : high - low > 1.5 ? [1, 2, 5] : [1, 1.5, 2, 3, 5, 7];
  const powers = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, i) => Math.floor(low) + i);
  return powers
    .flatMap((power) => mantissas.map((m) => Number((m * 10 ** power).toPrecision(3))))
    .filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
}
