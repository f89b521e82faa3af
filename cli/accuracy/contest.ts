import { leastError } from '../../models/forecast/contest/choose.ts';
import { COMBINED, isPooled, POOLED, SOLO } from '../../models/forecast/contest/contenders.ts';
import { type HourlySeries, heldOut } from '../../models/forecast/contest/hourly-series.ts';
import { errorsOf, standings, stepsOf, wholeField } from '../../models/forecast/contest/standings.ts';
import type { ForecastErrors, SetErrors } from '../../models/forecast/metrics/owa.ts';
import type { ContestAnswer, ContestJob } from './contest-job.ts';
import { runOnThreads, type ThreadOptions } from './contest-threads.ts';

/** How one model did, and what it took. */
export interface Contender extends SetErrors {
  /** Of one thread, fit and forecast. */
  readonly secondsPerSeries: number;
}

export interface ContestRun {
  /** Series that were scored. */
  readonly series: number;
  /** The model that the choice fell on, and what it scored. */
  readonly auto: Contender & { readonly chosen: string };
  readonly models: ReadonlyMap<string, Contender>;
  /** What a reader has to know to judge the figures. */
  readonly notes: readonly string[];
}

export interface ContestOptions extends ThreadOptions {
  /** Naive2's errors of the scored series; computed when undefined. */
  readonly naive2: readonly ForecastErrors[] | undefined;
}

/** Models that run as jobs of their own; the longest first, so that the rest runs beside them. */
const JOBS = [...POOLED, ...SOLO].map(({ name }) => name);

/** What `auto` is where nothing can be held out. */
const WITHOUT_CHOICE = 'statistical';

/**
 * Forecasts every series of a set by every model, and once more with each history's last hours held out: the model that
 * errs least there is `auto`. What is scored takes no part in that choice. Cost: two fits of each model.
 */
export async function runContest(set: readonly HourlySeries[], options: ContestOptions): Promise<ContestRun> {
  const steps = stepsOf(set);
  const earlier = heldOut(set, steps);
  const jobs = [earlier, set].flatMap((series) => jobsOf(series, steps));
  const answers = await runOnThreads(jobs, options);
  const rehearsal = wholeField(earlier, named(answers.slice(0, JOBS.length)));
  const chosen = leastError(standings(earlier, rehearsal, naive2Of(earlier, rehearsal))) ?? WITHOUT_CHOICE;
  const finals = named(answers.slice(JOBS.length));
  const field = wholeField(set, finals);
  const scores = standings(set, field, options.naive2 ?? naive2Of(set, field));
  const perSeries = (names: readonly string[]): number => secondsOf(finals, names) / set.length;
  const models = new Map(
    [...scores].map(([name, errors]) => [name, { ...errors, secondsPerSeries: perSeries(membersOf(name)) }]),
  );
  const all = answers.reduce((sum, { seconds }) => sum + seconds, 0) / set.length;
  const notes = [
    `auto is ${chosen}, which errs least on the last ${steps} h of the histories, held out`,
    `${[...field.keys()].filter(isPooled).join(', ')}: histories of the file are pooled`,
    ...[...field].flatMap(([name, { replaced, reason }]) =>
      replaced === 0 ? [] : [`${name}: a simpler model stands in for ${replaced} series (${reason})`],
    ),
  ];
  const auto = { ...scores.get(chosen)!, secondsPerSeries: all, chosen };
  return { series: errorsOf(set, field.get(chosen)!.paths).length, auto, models, notes };
}

const jobsOf = (set: readonly HourlySeries[], steps: number): readonly ContestJob[] =>
  // Copies: posting a view would send the whole buffer that it looks into.
  JOBS.map((model) => ({ model, steps, histories: set.map(({ history }) => history.slice()) }));

const named = (answers: readonly ContestAnswer[]): ReadonlyMap<string, ContestAnswer> =>
  new Map(JOBS.map((name, i) => [name, answers[i]!]));

const naive2Of = (set: readonly HourlySeries[], field: ReturnType<typeof wholeField>): readonly ForecastErrors[] =>
  errorsOf(set, field.get('naive2')!.paths);

const secondsOf = (answers: ReadonlyMap<string, ContestAnswer>, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (answers.get(name)?.seconds ?? 0), 0);

/** The jobs that a model is made of. */
const membersOf = (name: string): readonly string[] => {
  const made = COMBINED.find((one) => one.name === name);
  return made === undefined ? [name] : made.members.flatMap(membersOf);
};
