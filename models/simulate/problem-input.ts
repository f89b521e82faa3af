import { delayRefusal, needOf, type Throughput, type UnitDelay, unitDelay } from '../decide/need.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { NumberOption, ProblemOptions } from './problem-options.ts';
import { MOST_UNITS, type ProblemRefusal } from './problem-refusal.ts';

/** The first option that is out of its bounds, if any. */
export function badOption(options: ProblemOptions): ProblemRefusal | undefined {
  const refusal = (option: NumberOption, given: number): ProblemRefusal => ({
    kind: 'bad-option',
    option,
    given,
  });
  for (const option of ['bootSeconds', 'penalty', 'lagSeconds'] as const) {
    const given = options[option] ?? 0;
    if (!(Number.isFinite(given) && given >= 0)) return refusal(option, given);
  }
  for (const option of ['meanUnits', 'unitThroughput'] as const) {
    const given = options[option] ?? 1;
    if (!(Number.isFinite(given) && given > 0)) return refusal(option, given);
  }
  for (const option of ['scoreFrom', 'scoreTo'] as const) {
    const given = options[option] ?? 0;
    if (!(Number.isInteger(given) && given >= 0)) return refusal(option, given);
  }
  return undefined;
}

/** The first value that no load can have: below zero or infinite. NaN is a blank. O(n). */
export function badValue(values: Float64Array): ProblemRefusal | undefined {
  const step = values.findIndex((v) => v < 0 || v === Number.POSITIVE_INFINITY);
  return step === -1 ? undefined : { kind: 'not-a-load', step, value: values[step]! };
}

/** Which steps are scored: indices relative to `firstStep`, the first observed one. */
export interface ScoreRange {
  readonly firstStep: number;
  readonly scoreFrom: number;
  readonly scoreTo: number;
}

/** Cuts leading and trailing blanks (trailing ones stay where a range asks for them) and places the score. O(n). */
export function rangeOf(values: Float64Array, options: ProblemOptions): Result<ScoreRange, ProblemRefusal> {
  const observed = (v: number): boolean => !Number.isNaN(v);
  const firstStep = values.findIndex(observed);
  if (firstStep === -1) return refuse({ kind: 'nothing-observed' });
  const end = options.scoreTo ?? values.findLastIndex(observed) + 1;
  const from = options.scoreFrom ?? firstStep + Math.floor((end - firstStep) / 2);
  if (from <= firstStep || from >= end || end > values.length) {
    return refuse({ kind: 'bad-range', scoreFrom: from, scoreTo: end, steps: values.length });
  }
  return accept({ firstStep, scoreFrom: from - firstStep, scoreTo: end - firstStep });
}

/** Each blank takes the last observed value; the mask remembers it. Needs an observed first value. O(n). */
export function carryForward(values: Float64Array): { readonly load: Float64Array; readonly blank: Uint8Array } {
  const load = Float64Array.from(values);
  const blank = new Uint8Array(values.length);
  for (let i = 0; i < load.length; i++) {
    if (!Number.isNaN(load[i]!)) continue;
    blank[i] = 1;
    load[i] = load[i - 1]!;
  }
  return { load, blank };
}

/** Mean of the observed values among the first `count`; NaN when there is none. O(count). */
export function meanObserved(load: Float64Array, blank: Uint8Array, count: number): number {
  let sum = 0;
  let observed = 0;
  for (let i = 0; i < count; i++) {
    if (blank[i] === 1) continue;
    sum += load[i]!;
    observed++;
  }
  return sum / observed;
}

/** Below it quotients of loads lose their digits, or overflow. */
const LEAST_THROUGHPUT = 1e-300;

/** Why a unit that carries μ a step is none, if it is none; `past` is the load before the first scored step. O(past). */
export function badThroughput(mu: number, past: Float64Array, firstStep: number): ProblemRefusal | undefined {
  if (mu >= LEAST_THROUGHPUT && Number.isFinite(mu)) return undefined;
  if (past.some((value) => value > 0)) return { kind: 'no-size', unitThroughput: mu };
  return { kind: 'no-load-before-score', scoreFrom: firstStep + past.length };
}

/** An objective for units of this throughput per second, to be spread into the rules; nothing where there is none. */
export function delayOf(
  objective: ProblemOptions['delay'],
  throughputPerUnit: number,
): Result<{ readonly delay?: UnitDelay }, ProblemRefusal> {
  if (objective === undefined) return accept({});
  const delay = unitDelay(objective, throughputPerUnit);
  const { quantile, seconds, serviceSeconds, serversPerUnit } = delay;
  switch (delayRefusal(delay)) {
    case 'no-server':
      return refuse({ kind: 'no-server', serversPerUnit });
    case 'not-keepable':
      return refuse({ kind: 'not-keepable', quantile, seconds, serviceSeconds });
    default:
      return accept({ delay });
  }
}

/** The need of every step; refuses what no fleet can be. O(n). */
export function needsOf(load: Float64Array, throughput: Throughput): Result<Int32Array, ProblemRefusal> {
  const need = new Int32Array(load.length);
  for (let i = 0; i < load.length; i++) {
    const least = needOf(load[i]!, throughput);
    if (least > MOST_UNITS) return refuse({ kind: 'too-many-units', step: i, need: least });
    need[i] = least;
  }
  return accept(need);
}
