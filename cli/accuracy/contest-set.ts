import { fillBlanks } from '../../models/forecast/contest/fill-blanks.ts';
import { DAY_HOURS, type HourlySeries } from '../../models/forecast/contest/hourly-series.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type HourlyRows, readHourly } from './hourly-file.ts';

/**
 * A contest from two files: the histories of TRAIN, and what came after them from TEST, whose hours count on from the
 * history's or from 0. A series of TRAIN alone is learned from and not scored. Blanks of a history take the value of a day
 * before. Throws `BadInputError` naming file, line, value and what was expected.
 */
export function readContest(trainFile: string, testFile: string): readonly HourlySeries[] {
  const train = readHourly(trainFile);
  const test = readHourly(testFile);
  for (const [name, rows] of test) follows(testFile, name, { rows, history: train.get(name), trainFile });
  return historiesOf(train, trainFile).map((one) => ({ ...one, actual: test.get(one.name)?.values ?? NOTHING }));
}

const NOTHING = new Float64Array(0);

/** The histories of such a file alone. Throws as `readContest` does. */
export const readHistories = (file: string): readonly Pick<HourlySeries, 'name' | 'history'>[] =>
  historiesOf(readHourly(file), file);

const historiesOf = (read: ReadonlyMap<string, HourlyRows>, file: string) =>
  [...read].map(([name, { values, line }]) => {
    const history = fillBlanks(values, DAY_HOURS);
    if (history === undefined) {
      throw new BadInputError(`${file}: line ${line}: got "${name}" with empty cells only; expected values`);
    }
    return { name, history };
  });

interface Pair {
  readonly rows: HourlyRows;
  readonly history: HourlyRows | undefined;
  readonly trainFile: string;
}

function follows(file: string, name: string, { rows, history, trainFile }: Pair): void {
  const where = `${file}: line ${rows.line}`;
  if (history === undefined) {
    throw new BadInputError(`${where}: got series "${name}"; expected a series of ${trainFile}`, { file, name });
  }
  const next = history.firstHour + history.values.length;
  if (rows.firstHour !== 0 && rows.firstHour !== next) {
    throw new BadInputError(
      `${where}: got hour_index ${rows.firstHour} first; expected 0, or ${next}, the hour after ${name}'s history`,
      { file, name },
    );
  }
}
