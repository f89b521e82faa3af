import type { NamedLoad } from '../../models/forecast/graph/graph-forecaster.ts';
import { laggedGraph } from '../../models/forecast/graph/lagged-graph.ts';
import type { JointModel } from '../../models/forecast/neural/joint-model.ts';
import { jointNetwork } from '../../models/forecast/neural/joint-network.ts';
import { said } from '../../models/forecast/said.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { endOf, slice } from '../../models/kernel/series.ts';
import { cleanedColumns, type TraceColumn } from './cleaned-columns.ts';

/** Longest that one load may take to follow another; further ahead what it does beside its day fades. */
export const MOST_LAG = 12;

export interface ColumnsTask {
  readonly columns: readonly TraceColumn[];
  readonly horizonSteps: number;
  readonly historySteps: number;
  /** A network that was trained on these columns; without it the loads are forecast by what they follow. */
  readonly network: JointModel | undefined;
}

/** What one load is expected to do. Load in the trace's unit per step, `after` the number of steps from the end on. */
export interface ColumnForecast {
  readonly column: string;
  readonly expected: readonly { readonly after: number; readonly load: number }[];
  /** By level, in the order of `expected`; absent where the model has none. */
  readonly quantiles?: Readonly<Record<string, readonly number[]>>;
  /** Which other loads it follows, the strongest first; absent where the model does not tell. */
  readonly follows?: readonly { readonly column: string; readonly lagSteps: number; readonly weight: number }[];
}

export interface ColumnsForecast {
  readonly model: string;
  readonly fittedSteps: number;
  /** Milliseconds at which the forecast begins: the end of what all columns know. */
  readonly startMs: number;
  readonly loads: readonly ColumnForecast[];
}

/** Forecasts several loads of one trace together, by a joint network or a graph; refuses in words. Cost: seconds at most. */
export function forecastColumns(task: ColumnsTask): Result<ColumnsForecast, string> {
  const cleaned = cleanedColumns(task.columns, task.historySteps);
  if (!cleaned.ok) return cleaned;
  const loads = ofOneLength(cleaned.value);
  const { series } = loads[0]!;
  const facts = { fittedSteps: series.values.length, startMs: endOf(series) };
  if (task.network !== undefined) return byNetwork(loads, task.network, facts);
  return byGraph(loads, task.horizonSteps, facts);
}

type Facts = Pick<ColumnsForecast, 'fittedSteps' | 'startMs'>;

/** The newest steps, as many as the shortest has. */
function ofOneLength(loads: readonly NamedLoad[]): readonly NamedLoad[] {
  const steps = Math.min(...loads.map(({ series }) => series.values.length));
  return loads.map(({ name, series }) => ({ name, series: slice(series, series.values.length - steps) }));
}

function byGraph(loads: readonly NamedLoad[], horizonSteps: number, facts: Facts): Result<ColumnsForecast, string> {
  const graph = laggedGraph('graph', { mostLag: Math.min(MOST_LAG, horizonSteps) });
  const answers: ColumnForecast[] = [];
  for (const [i, { name, series }] of loads.entries()) {
    const answer = graph.path({ target: series, others: loads.toSpliced(i, 1) }, horizonSteps);
    if (!answer.ok) return refuse(`${name}: ${said(answer.refusal)}`);
    answers.push({
      column: name,
      expected: Array.from(answer.value.path, (load, k) => ({ after: k + 1, load })),
      follows: answer.value.leads.map(({ from, lagSteps, weight }) => ({ column: from, lagSteps, weight })),
    });
  }
  return accept({ model: graph.name, ...facts, loads: answers });
}

function byNetwork(loads: readonly NamedLoad[], model: JointModel, facts: Facts): Result<ColumnsForecast, string> {
  const answer = jointNetwork(model).quantiles(loads.map(({ series }) => series));
  if (!answer.ok) return refuse(said(answer.refusal));
  const { leads, levels } = model;
  const median = levels.indexOf(0.5);
  return accept({
    model: `${model.shape.kind}-${model.dataHash.slice(0, 8)}`,
    ...facts,
    loads: loads.map(({ name }, j) => {
      const byLead = answer.value[j]!;
      return {
        column: name,
        expected: leads.map((after, k) => ({ after, load: byLead[k]![median]! })),
        quantiles: Object.fromEntries(levels.map((level, i) => [String(level), byLead.map((of) => of[i]!)])),
      };
    }),
  });
}
