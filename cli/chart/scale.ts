/** A straight map from data to pixels. */
export interface Scale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  (x: number): number;
}

/** Linear scale; a domain without extent is widened by one, so that nothing is ever divided by zero. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const from = domain[0];
  const to = domain[1] > from ? domain[1] : from + 1;
  const slope = (range[1] - range[0]) / (to - from);
  const map = (x: number): number => range[0] + (x - from) * slope;
  return Object.assign(map, { domain: [from, to] as const, range });
}

const MANTISSAS = [1, 2, 2.5, 5, 10];

/** Round values from 0 to the first at or above `max`, about `count` steps apart. */
export function ticksFromZero(max: number, count: number): readonly number[] {
  const top = Number.isFinite(max) && max > 0 ? max : 1;
  return ticksBetween(0, top, count);
}

/** Round values from the last at or below `min` to the first at or above `max`, which is greater, about `count` steps apart. */
export function ticksBetween(min: number, max: number, count: number): readonly number[] {
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (MANTISSAS.find((m) => m * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const [first, last] = [Math.floor(min / step + 1e-9), Math.ceil(max / step - 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS_MS = [
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
];

/** Whole UTC instants within the span, at most about `count` of them. */
export function timeTicks(fromMs: number, toMs: number, count: number): readonly number[] {
  const rough = (toMs - fromMs) / count;
  const step = STEPS_MS.find((s) => s >= rough) ?? 24 * HOUR * Math.ceil(rough / (24 * HOUR));
  const ticks: number[] = [];
  for (let t = Math.ceil(fromMs / step) * step; t <= toMs; t += step) ticks.push(t);
  return ticks;
}
