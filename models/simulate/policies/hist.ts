import { needOf } from '../../decide/need.ts';
import type { KnownLoad } from '../known-load.ts';
import type { ScalingPolicy } from '../policy.ts';
import { throughputOf } from '../scaling-problem.ts';
import { nearestSteps } from '../steps.ts';
import { follow } from './follow.ts';
import { DAY_HOURS, hourOf } from './hours.ts';
import { nearestRank, sortedCopy } from './quantile.ts';

/** Days in the histogram of one hour of the day. */
const DAYS = 7;
/** The high percentile of it that stands for the hour's peak. */
const PERCENTILE = 0.95;
/** Past hours whose errors correct the prediction. */
const ERROR_HOURS = 3;
/** The reactive part steps in when the last five minutes exceed the prediction by this factor. */
const SURPRISE = 1.1;
const SURPRISE_SECONDS = 300;

/**
 * Histograms of the load at each hour of the day, corrected upwards, with a reactive part for surprises ("Hist").
 *
 * Predicted for hour h: the 95th percentile of the loads of all steps in that hour of the last 7 days, plus the mean of
 * max(0, observed − predicted) over the last 3 whole hours, where observed is the same percentile of the hour itself.
 * Capacity: the need of what is predicted for now and for one boot ahead. When the mean load of the last five minutes
 * exceeds 1.1 times the prediction, or an hour of the day is still unknown: the need of now, if larger.
 * Cost: O(D·log D) an hour with D steps in the histogram, O(steps in five minutes) a step.
 * Source: Urgaonkar, Shenoy, Chandra & Goyal, Dynamic provisioning of multi-tier Internet applications, ICAC 2005, and
 * Urgaonkar et al., Agile dynamic provisioning of multi-tier Internet applications, ACM TAAS 3(1), 2008, predictive and
 * reactive provisioning; as "Hist" in Ilyushkin et al., ICPE 2017. The papers leave the percentile, the days, the hours
 * of error and the threshold to the operator: the values here are ours. Deviation: load in place of sessions.
 */
export const hist: ScalingPolicy = {
  name: 'hist',
  start(rules) {
    const { stepSeconds, bootSteps } = rules;
    const throughput = throughputOf(rules);
    const hours = loadByHour(stepSeconds);
    const read = follow(hours.take);
    const recent = nearestSteps(SURPRISE_SECONDS, stepSeconds);
    const { predict, correction } = predictor(hours);
    return ({ t, known, need, history }) => {
      read(history);
      const newest = hourOf(known, stepSeconds);
      const ahead = [t, t + bootSteps].map((step) => predict(hourOf(step, stepSeconds), newest));
      const expected = Math.max(...ahead.map((load) => load ?? 0)) + correction(newest);
      const capacity = needOf(expected, throughput);
      const surprised = meanOfLast(recent, history) > SURPRISE * expected || ahead.includes(undefined);
      return { kind: 'desire', capacity: surprised ? Math.max(capacity, need) : capacity };
    };
  },
};

/** What the histograms say of an hour, each asked for once; hours from `newest` on count as not yet seen. */
function predictor(hours: ReturnType<typeof loadByHour>) {
  const predicted = new Map<number, number | undefined>();
  const predict = (hour: number, newest: number): number | undefined => {
    if (!predicted.has(hour)) predicted.set(hour, peakOf(hours.sameHour(hour, newest)));
    return predicted.get(hour);
  };
  let corrected = { newest: -1, by: 0 };
  const correction = (newest: number): number => {
    if (corrected.newest === newest) return corrected.by;
    let sum = 0;
    for (let hour = Math.max(0, newest - ERROR_HOURS); hour < newest; hour++) {
      const expected = predict(hour, hour);
      if (expected !== undefined) sum += Math.max(0, (peakOf(hours.of(hour)) ?? 0) - expected);
    }
    corrected = { newest, by: sum / ERROR_HOURS };
    return corrected.by;
  };
  return { predict, correction };
}

function meanOfLast(steps: number, history: KnownLoad): number {
  const from = Math.max(0, history.newest - steps + 1);
  let sum = 0;
  for (let step = from; step <= history.newest; step++) sum += history.loadAt(step);
  return sum / (history.newest - from + 1);
}

const peakOf = (loads: readonly number[]): number | undefined =>
  loads.length === 0 ? undefined : nearestRank(sortedCopy(loads), PERCENTILE);

/** The loads known so far, hour by hour. */
function loadByHour(stepSeconds: number) {
  const loads = new Map<number, number[]>();
  const of = (hour: number): readonly number[] => loads.get(hour) ?? [];
  return {
    of,
    take(load: number, _need: number, step: number): void {
      const hour = hourOf(step, stepSeconds);
      const list = loads.get(hour);
      if (list === undefined) loads.set(hour, [load]);
      else list.push(load);
    },
    /** Loads in the same hour of the last days before `hour`, of whole hours before `newest` alone. */
    sameHour(hour: number, newest: number): readonly number[] {
      const all: number[] = [];
      for (let day = 1; day <= DAYS; day++) {
        const other = hour - day * DAY_HOURS;
        if (other < newest) all.push(...of(other));
      }
      return all;
    },
  };
}
