import type { BoostOptions } from '../../boost/boost-task.ts';
import { fitTrees } from '../../boost/boosted-trees.ts';
import { predictAll, type TreeEnsemble } from '../../boost/tree-ensemble.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { instant, type Series, slice } from '../../kernel/series.ts';
import { sanePath, usable } from '../finite.ts';
import type { Forecaster, ForecastRefusal } from '../forecaster.ts';
import { DAY_FEATURES, DAY_HOURS, type OwnDay, ownDay, writeDayRow } from './day-rows.ts';

const HOUR_MS = 3_600_000;

/** Hours between the days that are learned from, of one group; shares no divisor with a day. */
const STRIDE = 5;

/** Days of one group that are learned from: a group with a long history shall not be all that is known. */
const MOST_DAYS_A_GROUP = 150;

const TREES: BoostOptions = {
  loss: { quantile: 0.5 },
  trees: 120,
  depth: 4,
  learningRate: 0.06,
  leastLeafRows: 60,
  l2: 1,
  rowShare: 0.6,
  columnShare: 0.6,
  seed: 1,
};

/** Share of a correction that is believed: what other groups do, this one may not. */
const TRUST = 0.6;

/** Name of the forecaster by what other groups taught. */
export const TRANSFER_TREES = 'transfer-trees';

/** What groups taught of the day after a day. Plain JSON. */
export interface TransferTrees {
  readonly version: 1;
  readonly trees: TreeEnsemble;
  /** Groups that something could be learned from. */
  readonly groups: number;
}

/**
 * Learns from other groups' histories how the day after a day differs from it, each day in units of its own deviation from
 * its own mean, so that groups of any size teach each other. Each group's rows weigh alike in sum.
 *
 * Refuses where no history holds two days of whole hours, or none of them varies. Same histories, same trees.
 * Cost:   1 s for a dozen groups.
 * Source: pooled models, Montero-Manso & Hyndman, Int. J. of Forecasting 37 (2021); a unit for each window's series, Kim et
 * al., Reversible Instance Normalization, ICLR 2022.
 */
export function fitTransfer(histories: readonly Series[]): Result<TransferTrees, ForecastRefusal> {
  const groups = histories.map(daysOf).filter((days) => days.length > 0);
  const rows = groups.reduce((sum, days) => sum + days.length * DAY_HOURS, 0);
  if (rows === 0) return refuse({ kind: 'no-signal', reason: 'no other group has two days to learn from' });
  const columns = Array.from({ length: DAY_FEATURES }, () => new Float64Array(rows));
  const target = new Float64Array(rows);
  const weights = new Float64Array(rows);
  let row = 0;
  for (const days of groups) {
    for (const { day, after } of days) {
      for (let ahead = 1; ahead <= DAY_HOURS; ahead++) {
        writeDayRow(day, ahead, { columns, row });
        target[row] = (after[ahead - 1]! - day.level) / day.spread - day.values[ahead - 1]!;
        weights[row] = rows / groups.length / (days.length * DAY_HOURS);
        row++;
      }
    }
  }
  const trees = fitTrees({ columns, target, weights }, TREES);
  if (!trees.ok) return refuse({ kind: 'no-signal', reason: 'nothing can be learned from the other groups' });
  return accept({ version: 1, trees: trees.value, groups: groups.length });
}

interface Lesson {
  readonly day: OwnDay;
  readonly after: Float64Array;
}

function daysOf(history: Series): readonly Lesson[] {
  const hours = hourly(history);
  if (hours === undefined || !hours.values.every(Number.isFinite)) return [];
  const { values, startMs } = hours;
  const lessons: Lesson[] = [];
  for (let origin = values.length - DAY_HOURS; origin >= DAY_HOURS; origin -= STRIDE) {
    if (lessons.length >= MOST_DAYS_A_GROUP) break;
    const day = ownDay(values, origin, hourAt(startMs, origin));
    if (day !== undefined) lessons.push({ day, after: values.subarray(origin, origin + DAY_HOURS) });
  }
  return lessons;
}

const hourAt = (startMs: number, step: number): number => Math.floor(startMs / HOUR_MS + step) % DAY_HOURS;

/** Means of the whole hours up to a history's end; undefined where its steps do not divide an hour. O(n). */
export function hourly(history: Series): Series | undefined {
  const perHour = HOUR_MS / history.stepMs;
  if (!Number.isInteger(perHour)) return undefined;
  const hours = Math.floor(history.values.length / perHour);
  const used = slice(history, history.values.length - hours * perHour);
  const values = Float64Array.from({ length: hours }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < perHour; k++) sum += used.values[i * perHour + k]!;
    return sum / perHour;
  });
  return { startMs: instant(used.startMs), stepMs: HOUR_MS, values };
}

/**
 * Forecasts a group by what others taught: the newest day, corrected. Within an hour the newest day's own steps stay as they
 * are; after the first day ahead the forecast repeats. For groups that are a day old; older ones know more of themselves.
 *
 * Needs one day of finite values whose steps divide an hour; refuses otherwise, and where that day never changes.
 * Cost: O(24 · trees · depth).
 */
export const transferForecaster = ({ trees }: TransferTrees): Forecaster => ({
  name: TRANSFER_TREES,
  path(history, horizon) {
    const perHour = HOUR_MS / history.stepMs;
    if (!Number.isInteger(perHour)) {
      return refuse({ kind: 'no-signal', reason: `steps of ${history.stepMs / 1000} s do not divide an hour` });
    }
    const steps = DAY_HOURS * perHour;
    const fit = usable(history.values, steps);
    if (!fit.ok) return fit;
    const newest = slice(history, history.values.length - steps);
    const hours = hourly(newest)!;
    const day = ownDay(hours.values, DAY_HOURS, hourAt(hours.startMs, 0));
    if (day === undefined) return refuse({ kind: 'no-signal', reason: 'the load has not changed for a day' });
    const columns = Array.from({ length: DAY_FEATURES }, () => new Float64Array(DAY_HOURS));
    for (let ahead = 1; ahead <= DAY_HOURS; ahead++) writeDayRow(day, ahead, { columns, row: ahead - 1 });
    const corrections = predictAll(trees, columns);
    const path = Float64Array.from({ length: horizon }, (_, k) => {
      const at = k % steps;
      return newest.values[at]! + TRUST * day.spread * corrections[Math.floor(at / perHour)]!;
    });
    return sanePath(path, horizon);
  },
});
