import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { fitTransfer, hourly, transferForecaster } from '../../models/forecast/transfer/transfer-trees.ts';
import { endOf, type Series, slice } from '../../models/kernel/series.ts';
import { mean, median } from '../../models/kernel/statistics.ts';

const DAY_HOURS = 24;

/** A history by its name. */
export interface Named {
  readonly name: string;
  readonly history: Series;
}

/** The histories of other series that share no moment with one: a sibling's same days are its future too. */
export const elsewhen = (named: readonly Named[], { name, history }: Named): readonly Series[] =>
  named
    .filter((other) => other.name !== name)
    .map((other) => other.history)
    .filter((other) => endOf(other) <= history.startMs || other.startMs >= endOf(history));

/**
 * Each series forecast as if it were a day old, by trees learned from the others: every day of its history in turn is all
 * that is known, and the day after is forecast. Errors relative to repeating the day.
 */
export function transferTable(named: readonly Named[]): string {
  const hours = named.flatMap(({ name, history }) => {
    const one = hourly(history);
    return one === undefined || one.values.length < 3 * DAY_HOURS ? [] : [{ name, history: one }];
  });
  const rows = hours.flatMap(({ name, history }) => {
    const fitted = fitTransfer(elsewhen(hours, { name, history }));
    return fitted.ok ? [{ name, ...skillOf(history, transferForecaster(fitted.value)) }] : [];
  });
  const skills = rows.map(({ skill }) => skill);
  return `| series | days | error of its own day repeated | skill | skill of the very first day |
| --- | ---: | ---: | ---: | ---: |
${rows.map((row) => `| ${row.name} | ${row.days} | ${row.naive.toPrecision(3)} | ${row.skill.toFixed(3)} | ${row.first.toFixed(3)} |`).join('\n')}
| **median** | | | ${median(skills).toFixed(3)} | ${median(rows.map(({ first }) => first)).toFixed(3)} |`;
}

function skillOf(history: Series, forecaster: Forecaster) {
  const errors: { readonly own: number; readonly naive: number }[] = [];
  for (let origin = DAY_HOURS; origin + DAY_HOURS <= history.values.length; origin += DAY_HOURS) {
    const known = slice(history, origin - DAY_HOURS, origin);
    const path = forecaster.path(known, DAY_HOURS);
    const actual = history.values.subarray(origin, origin + DAY_HOURS);
    if (!path.ok) continue;
    errors.push({ own: meanAbsoluteError(actual, path.value), naive: meanAbsoluteError(actual, known.values) });
  }
  const naive = mean(errors.map((one) => one.naive));
  const [first] = errors;
  return {
    days: errors.length,
    naive,
    skill: mean(errors.map((one) => one.own)) / naive,
    first: first === undefined ? Number.NaN : first.own / first.naive,
  };
}
