import type { NumberOption } from './problem-options.ts';

/** More units than any group or quota holds: beyond it the throughput of a unit is wrong, not the load large. */
export const MOST_UNITS = 1_000_000;

/** Why a series is no scaling problem. */
export type ProblemRefusal =
  | { readonly kind: 'not-a-load'; readonly step: number; readonly value: number }
  | { readonly kind: 'nothing-observed' }
  | { readonly kind: 'no-load-before-score'; readonly scoreFrom: number }
  | { readonly kind: 'no-size'; readonly unitThroughput: number }
  | { readonly kind: 'bad-range'; readonly scoreFrom: number; readonly scoreTo: number; readonly steps: number }
  | { readonly kind: 'too-short'; readonly have: number; readonly need: number }
  | { readonly kind: 'bad-option'; readonly option: NumberOption; readonly given: number }
  /** A unit that serves less than one request at once keeps no delay. */
  | { readonly kind: 'no-server'; readonly serversPerUnit: number }
  | {
      readonly kind: 'not-keepable';
      readonly quantile: number;
      readonly seconds: number;
      readonly serviceSeconds: number;
    }
  | { readonly kind: 'too-many-units'; readonly step: number; readonly need: number };

/** A refusal in words: lower case, what was given, what is needed. */
export function sayProblemRefusal(refusal: ProblemRefusal): string {
  switch (refusal.kind) {
    case 'not-a-load':
      return `step ${refusal.step} holds ${refusal.value}; a load is a finite number of at least 0`;
    case 'nothing-observed':
      return 'the series holds no value at all; a load is needed';
    case 'no-load-before-score':
      return `the load before step ${refusal.scoreFrom} is zero or blank throughout; some is needed to size a unit`;
    case 'no-size':
      return `one unit would carry ${refusal.unitThroughput} in a step; a load that floating point holds in full is needed`;
    case 'bad-range':
      return `cannot score steps ${refusal.scoreFrom} to ${refusal.scoreTo} of ${refusal.steps}; at least one step inside the series, after its first, is needed`;
    case 'too-short':
      return `${refusal.have} steps lie before the first scored one; at least ${refusal.need} are needed`;
    case 'bad-option':
      return `${refusal.option} is ${refusal.given}; ${LEAST[refusal.option]} is needed`;
    case 'no-server':
      return `one unit would serve ${refusal.serversPerUnit} requests at once, by its throughput (which a mean need sizes where one is given) and the service time; at least one is needed`;
    case 'not-keepable':
      return `no number of units keeps ${refusal.quantile} of requests within ${refusal.seconds} s, because service alone, ${refusal.serviceSeconds} s in the mean, takes longer for more of them; a longer limit is needed`;
    case 'too-many-units':
      return `step ${refusal.step} needs ${refusal.need} units; at most ${MOST_UNITS} are understood: is the throughput of a unit right?`;
  }
}

const LEAST: Readonly<Record<NumberOption, string>> = {
  bootSeconds: 'a finite number of at least 0',
  penalty: 'a finite number of at least 0',
  meanUnits: 'a finite number greater than 0',
  lagSeconds: 'a finite number of at least 0',
  scoreFrom: 'a whole number of at least 0',
  scoreTo: 'a whole number of at least 0',
  unitThroughput: 'a finite number greater than 0',
};
