import { BadInputError } from '../../models/kernel/errors.ts';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import type { Roughness } from '../../models/simulate/rough-score.ts';
import { DELAYS, parseDuration } from '../duration.ts';
import { PENALTIES, parseQuantity } from '../number.ts';
import { duration, number, percent } from '../page/format.ts';
import { type Range, within } from '../range.ts';
import { parseNumber } from '../trace-cells.ts';

/** What is different from how the load was recorded and is replayed; what is not given stays. */
export interface Changes extends Roughness {
  /** Every step of the load is multiplied by it, its past included; the throughput of a unit stays. */
  readonly load?: number;
  readonly bootSeconds?: number;
  readonly penalty?: number;
  readonly lagSeconds?: number;
}

/** A load a thousand times as large is another service. */
const FACTORS: Range = { least: 0.001, most: 1000 };

/** σ of a lognormal boot; at 2 one in forty takes fifty times the median. */
const SPREADS: Range = { least: 0.01, most: 2 };

/** Of launches granted; where hardly any is, there is nothing to scale. */
const SHARES: Range = { least: 0.05, most: 1 };

/** Least time that a unit is billed, seconds; nobody bills more than an hour. */
const BILLED: Range = { least: 1, most: 3600 };

/** Each key of a list of changes, as a person writes it, and how its value is read. */
const READERS: Readonly<Record<string, (text: string, flag: string) => Changes>> = {
  load: (text, flag) => ({ load: parseFactor(text, flag) }),
  boot: (text, flag) => ({ bootSeconds: parseDuration(text, flag, DELAYS) }),
  penalty: (text, flag) => ({ penalty: parseQuantity(text, flag, PENALTIES) }),
  lag: (text, flag) => ({ lagSeconds: parseDuration(text, flag, DELAYS) }),
  spread: (text, flag) => ({ bootSpread: parseQuantity(text, flag, SPREADS) }),
  granted: (text, flag) => ({ granted: parseQuantity(text, flag, SHARES) }),
  billed: (text, flag) => ({ minimumBilledSeconds: parseDuration(text, flag, BILLED) }),
};

/** Reads one change by its key; throws `BadInputError` naming the flag, the value and what is permitted. */
export const parseChange = (key: keyof typeof READERS, text: string, flag: string): Changes =>
  READERS[key]?.(text, flag) ?? {};

/**
 * Reads `load=1.5,boot=10m`. Throws `BadInputError`, naming the flag and the list, for an empty list, an unknown or
 * repeated key and a value out of its range; and for a key that is not among `keys`.
 */
export function parseChanges(list: string, flag: string, keys: readonly string[] = Object.keys(READERS)): Changes {
  let changes: Changes = {};
  const seen = new Set<string>();
  for (const part of list.split(',')) {
    const [, key = '', value = ''] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/i.exec(part) ?? [];
    if (!keys.includes(key)) {
      throw new BadInputError(
        `${flag}: "${list}": "${part.trim()}" is none of ${keys.map((k) => `${k}=…`).join(', ')}`,
      );
    }
    if (seen.has(key)) throw new BadInputError(`${flag}: "${list}": ${key} is given twice; once is needed`);
    seen.add(key);
    changes = { ...changes, ...parseChange(key, value, `${flag} ${key}`) };
  }
  return changes;
}

function parseFactor(text: string, flag: string): number {
  const value = parseNumber(text.trim().replace(/^[x×]/i, ''));
  if (within(value, FACTORS)) return value;
  throw new BadInputError(
    `${flag}: "${text}" is not a factor from ${FACTORS.least} to ${FACTORS.most}; write x1.5 or 1.5 for half as much again`,
  );
}

/** What is replayed instead of the load as it was. */
export const changedOptions = (options: ProblemOptions, changes: Changes): ProblemOptions => {
  const { bootSeconds, penalty, lagSeconds } = changes;
  return {
    ...options,
    ...(bootSeconds === undefined ? {} : { bootSeconds }),
    ...(penalty === undefined ? {} : { penalty }),
    ...(lagSeconds === undefined ? {} : { lagSeconds }),
  };
};

/** The rough part of changes; undefined when they are none of the world's. */
export function roughnessOf({ bootSpread, granted, minimumBilledSeconds }: Changes): Roughness | undefined {
  const roughness: Roughness = {
    ...(bootSpread === undefined ? {} : { bootSpread }),
    ...(granted === undefined ? {} : { granted }),
    ...(minimumBilledSeconds === undefined ? {} : { minimumBilledSeconds }),
  };
  return Object.keys(roughness).length === 0 ? undefined : roughness;
}

/** Changes in words: "load ×1.5, boot 10 min". */
export function sayChanges(changes: Changes): string {
  const { load, bootSeconds, penalty, lagSeconds, bootSpread, granted, minimumBilledSeconds } = changes;
  return [
    ...(load === undefined ? [] : [`load ×${number(load, 3)}`]),
    ...(bootSeconds === undefined ? [] : [`boot ${duration(bootSeconds)}`]),
    ...(penalty === undefined ? [] : [`penalty ${number(penalty, 3)}`]),
    ...(lagSeconds === undefined ? [] : [`lag ${duration(lagSeconds)}`]),
    ...(bootSpread === undefined ? [] : [`boot spread ${number(bootSpread, 2)}`]),
    ...(granted === undefined ? [] : [`${percent(granted, 1)} granted`]),
    ...(minimumBilledSeconds === undefined ? [] : [`billed ${duration(minimumBilledSeconds)} at least`]),
  ].join(', ');
}
