import { needOf } from '../../decide/need.ts';
import { type SortedWindow, sortedWindow } from '../../kernel/sorted-window.ts';
import type { KnownLoad } from '../known-load.ts';
import { type ScalingRules, throughputOf } from '../scaling-problem.ts';
import { nearestRank } from './quantile.ts';

/** Errors remembered: of one day, and no more than so many. */
const ERROR_SECONDS = 86_400;
const MOST_ERRORS = 2000;
/** Fewer errors than this say nothing of a tail. */
const LEAST_ERRORS = 20;
/** No level exceeds the largest need so far by more than this factor. */
const MOST_SHARE = 2;

/** Capacity wanted for one boot after each known step: `at(step)` exists for every step read. */
export interface Levels {
  /** Takes in every step that became known. O(window of errors) for each. */
  read(history: KnownLoad): void;
  at(step: number): number;
}

/**
 * Newsvendor capacities from a moving mean and its own empirical errors.
 *
 * Forecast made at known step k for the step that a launch then serves, k + lag + D: f_k = mean of the last `smoothing`
 * loads. Errors: (load_k − f)/σ(f) with f = f_{k − lag − D}, of the last day, blanks left out; σ(f) = √max(f, load of one
 * unit), the spread of arrivals that are independent of each other. Level: the need of f_k + q·σ(f_k), q the τ-quantile of
 * those errors, τ = 1 − 1/p: one more unit costs 1 a step and saves p with the probability that it is missing.
 * Fewer than 20 errors: the need of f_k itself. Never more than twice what was ever needed: an error at a low load may
 * say little of a high one.
 * Source: the newsvendor's critical ratio, Arrow, Harris & Marschak, Optimal inventory policy, Econometrica 19(3), 1951.
 */
export function newsvendorLevels(rules: ScalingRules, smoothing: number): Levels {
  const lead = rules.lagSteps + rules.bootSteps;
  const quantile = rules.penalty > 1 ? 1 - 1 / rules.penalty : 0;
  const throughput = throughputOf(rules);
  const errors = sortedWindow(
    Math.min(MOST_ERRORS, Math.max(LEAST_ERRORS, Math.floor(ERROR_SECONDS / rules.stepSeconds))),
  );
  const forecasts: number[] = [];
  const levels: number[] = [];
  let most = 1;
  const spread = (forecast: number): number =>
    Math.sqrt(Math.max(forecast, throughput.targetUtilisation * throughput.perStep));
  const take = (history: KnownLoad, step: number): void => {
    const before = forecasts[step - lead];
    if (before !== undefined && !history.isBlank(step)) errors.add((history.loadAt(step) - before) / spread(before));
    const forecast = meanUpTo(history, step, smoothing);
    forecasts.push(forecast);
    most = Math.max(most, history.needAt(step));
    const wanted = needOf(Math.max(0, forecast + quantileOf(errors, quantile) * spread(forecast)), throughput);
    levels.push(Math.min(wanted, MOST_SHARE * most));
  };
  return {
    read: (history) => {
      for (let step = levels.length; step <= history.newest; step++) take(history, step);
    },
    at: (step) => levels[step]!,
  };
}

const quantileOf = (errors: SortedWindow, quantile: number): number =>
  errors.size() < LEAST_ERRORS ? 0 : nearestRank(errors.sorted(), quantile);

function meanUpTo(history: KnownLoad, step: number, count: number): number {
  const from = Math.max(0, step - count + 1);
  let sum = 0;
  for (let i = from; i <= step; i++) sum += history.loadAt(i);
  return sum / (step - from + 1);
}
