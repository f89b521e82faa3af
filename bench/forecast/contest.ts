import { existsSync } from 'node:fs';
import path from 'node:path';
import { readContest } from '../../cli/accuracy/contest-set.ts';
import { readScores } from '../../cli/accuracy/scores-file.ts';
import { DAY_HOURS, type HourlySeries } from '../../models/forecast/contest/hourly-series.ts';
import { errorsOf, stepsOf } from '../../models/forecast/contest/standings.ts';
import { setErrors } from '../../models/forecast/metrics/owa.ts';
import { sum } from '../../models/kernel/statistics.ts';
import { accuracy, CONTEST, type Contest, M4 } from './commands.ts';
import { askRivals, type Rival } from './python-rivals.ts';

/** The models of the contest, and those of other libraries where they could be run. */
export interface MeasuredContest extends Contest {
  readonly rivals: Contest['models'] | undefined;
}

/**
 * The hourly series of the M4 competition, by the command that scores them and by the models of other libraries, on the same
 * histories. Undefined where the data directory has no such series. Cost: ten CPU minutes, and five for the others.
 */
export async function measureContest(data: string, python: string | undefined): Promise<MeasuredContest | undefined> {
  const [train, test, scores] = M4.map((file) => path.join(data, 'm4', file));
  if (![train!, test!, scores!].every(existsSync)) return undefined;
  const { out } = await accuracy(['--m4', train!, test!, '--naive2', scores!]);
  const contest = CONTEST.parse(JSON.parse(out));
  if (python === undefined) return { ...contest, rivals: undefined };
  const set = readContest(train!, test!);
  const steps = stepsOf(set);
  const answered = await askRivals(python, { paths: set.map(({ history }) => ({ hours: history, steps })) });
  const scored = set.filter(({ actual }) => actual.length > 0).map(({ name }) => name);
  const naive2 = readScores(scores!, scored);
  return {
    ...contest,
    rivals: Object.fromEntries(
      answered.map((rival) => {
        const { smape, mase, owa } = setErrors(errorsOf(set, pathsOf(rival, set)), naive2);
        const seconds = sum(rival.answers.map((answer) => answer.seconds));
        return [rival.name, { sMAPE: smape, MASE: mase, OWA: owa, secondsPerSeries: seconds / set.length }];
      }),
    ),
  };
}

/** A path for every series; the last day stands in where a model failed, and a note says for how many. */
function pathsOf({ name, answers }: Rival, set: readonly HourlySeries[]): readonly Float64Array[] {
  const failed = answers.filter(({ forecasts }) => forecasts === undefined).length;
  if (failed > 0) process.stderr.write(`${name}: no answer for ${failed} series, the last day stands in\n`);
  return set.map(({ history }, i) => answers[i]?.forecasts?.[0] ?? lastDay(history, stepsOf(set)));
}

const lastDay = (history: Float64Array, steps: number): Float64Array =>
  Float64Array.from({ length: steps }, (_, k) => history[history.length - DAY_HOURS + (k % DAY_HOURS)]!);
