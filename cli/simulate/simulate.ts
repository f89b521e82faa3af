import { BadInputError } from '../../models/kernel/errors.ts';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import { scaledLoad } from '../../models/simulate/scaled-load.ts';
import {
  type BacktestOptions,
  type BacktestRun,
  backtest,
  type StatedTrace,
  stateTrace,
} from '../backtest/backtest.ts';
import type { LoadSource } from '../backtest/load-source.ts';
import { type Changes, changedOptions, roughnessOf, sayChanges } from './changes.ts';

/** One load replayed once more, under changes; none for the base. */
export interface SimulatedCase {
  readonly changes: Changes;
  readonly options: ProblemOptions;
  readonly run: BacktestRun;
}

/** A load as it was and under each what-if, by the same policies. */
export interface Simulation {
  readonly base: SimulatedCase;
  readonly whatIfs: readonly SimulatedCase[];
}

export interface SimulationTask extends Omit<BacktestOptions, 'keepDecisions'> {
  readonly source: LoadSource;
  /** What holds in the base. */
  readonly options: ProblemOptions;
  readonly whatIfs: readonly Changes[];
}

/**
 * Replays the load as it was and under each change. A unit is sized once, on the load as it was. Throws `BadInputError`
 * naming the load and the changes when one of them makes no scaling problem. O(cases · arms · steps).
 */
export async function simulate(task: SimulationTask): Promise<Simulation> {
  const { source, options, whatIfs } = task;
  const base: Stated = { changes: {}, options, trace: stateTrace(source, options) };
  const { mu } = base.trace.problem;
  const cases = [base, ...whatIfs.map((changes) => statedUnder(changes, source, { ...options, unitThroughput: mu }))];
  const answers = await backtest(
    cases.map(({ trace }) => trace),
    { ...task, keepDecisions: true },
  );
  const [first, ...others] = cases.map(({ changes, options: under, trace }, i): SimulatedCase => {
    const answer = answers[i];
    if (answer?.ok === true) return { changes, options: under, run: answer.value };
    throw new BadInputError(`${trace.trace}: ${answer?.refusal ?? 'nothing was replayed'}`);
  });
  return { base: first!, whatIfs: others };
}

/** What was repaired in the load and what is odd in any case, each once. */
export const repairsOf = ({ base, whatIfs }: Simulation): readonly string[] => [
  ...new Set([base, ...whatIfs].flatMap(({ run }) => run.repairs)),
];

interface Stated {
  readonly changes: Changes;
  readonly options: ProblemOptions;
  readonly trace: StatedTrace;
}

function statedUnder(changes: Changes, source: LoadSource, base: ProblemOptions): Stated {
  const options = changedOptions(base, changes);
  const series = changes.load === undefined ? source.series : scaledLoad(source.series, changes.load);
  const trace = `${source.trace}: what if ${sayChanges(changes)}`;
  const roughness = roughnessOf(changes);
  const stated = stateTrace({ ...source, series, trace }, options);
  return { changes, options, trace: roughness === undefined ? stated : { ...stated, roughness } };
}
