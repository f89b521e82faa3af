import { percent } from '../../page/format.ts';

/** A band between two quantiles. */
export interface FanBand {
  readonly key: string;
  /** Such as 10–90 %. */
  readonly name: string;
  /** How often what comes lies in it, in words. */
  readonly share: string;
  readonly className: string;
  readonly low: number;
  readonly high: number;
}

const CLASSES = ['band inner', 'band middle', 'band outer'] as const;

/**
 * Bands between the quantiles of one quantity by their level, the widest first: each level below a half with the one as far
 * above it, and the highest level of all with the highest of these, where it has none below. At most three, the widest.
 */
export function fanOf(quantiles: Readonly<Record<string, number>>): readonly FanBand[] {
  const levels = Object.keys(quantiles)
    .map(Number)
    .sort((a, b) => a - b);
  const pairs = levels.flatMap((low) => {
    const high = levels.find((level) => level > 0.5 && Math.abs(low + level - 1) < 1e-9);
    return high === undefined ? [] : [[low, high] as const];
  });
  const [top, most] = [pairs[0]?.[1], levels.at(-1)];
  const all = top === undefined || most === undefined || most <= top ? pairs : [[top, most] as const, ...pairs];
  return all
    .slice(0, CLASSES.length)
    .map(([low, high], i, chosen) => bandOf(quantiles, [low, high], CLASSES[chosen.length - 1 - i]!));
}

function bandOf(
  quantiles: Readonly<Record<string, number>>,
  [low, high]: readonly [number, number],
  className: string,
): FanBand {
  return {
    key: `band-${Math.round(high * 1000)}`,
    name: `${Number((low * 100).toFixed(1))}–${percent(high, 1)}`,
    share: `${percent(high - low, 1)} of the time`,
    className,
    low: quantiles[String(low)] ?? Number.NaN,
    high: quantiles[String(high)] ?? Number.NaN,
  };
}
