import type { CandidateScore } from '../../../models/forecast/artefact.ts';
import type { GappedSeries } from '../../../models/kernel/series.ts';
import { CALENDAR, SINCE_START, type TimeWords } from '../../page/time-words.ts';
import type { ColumnForecast } from '../forecast-columns.ts';
import type { TraceForecast } from '../forecast-trace.ts';

/** One load and what is expected of it. */
export interface PlottedLoad extends Pick<ColumnForecast, 'column' | 'expected' | 'quantiles'> {
  /** As the file has it; NaN where it has none. */
  readonly recorded: GappedSeries;
}

/** Everything that the page of a forecast shows. */
export interface ForecastPlot {
  readonly trace: string;
  /** False when the file counts from its own start. */
  readonly dated: boolean;
  readonly model: string;
  readonly fittedSteps: number;
  readonly stepMs: number;
  /** When the forecast begins. */
  readonly startMs: number;
  /** At least one. */
  readonly loads: readonly PlottedLoad[];
  /** The peak over the lead window; where one load is forecast alone. */
  readonly window?: TraceForecast['window'];
  /** Why the model answers and no other; where there was a choice. */
  readonly why?: string;
  /** The model that answers and those beside it, by their loss; empty where there was no choice. */
  readonly scores: readonly CandidateScore[];
  /** Which load follows which, a sentence for each load; empty where the model does not tell. */
  readonly follows: readonly string[];
  /** What else a reader has to know, one sentence each. */
  readonly notes: readonly string[];
}

/** How the page writes its moments. */
export const wordsOf = ({ dated }: Pick<ForecastPlot, 'dated'>): TimeWords => (dated ? CALENDAR : SINCE_START);

/** When the step that is so many steps after the end begins; 1 is the first. */
export const startOf = ({ startMs, stepMs }: Pick<ForecastPlot, 'startMs' | 'stepMs'>, after: number): number =>
  startMs + (after - 1) * stepMs;

/** Steps that the forecast speaks of: the path, or the lead window where that is longer. */
export const reachOf = ({ loads, window }: ForecastPlot): number =>
  Math.max(window?.steps ?? 1, ...loads.map(({ expected }) => expected.at(-1)?.after ?? 1));

/** Steps of a record before the forecast begins. */
export const knownSteps = (
  { startMs, stepMs }: Pick<ForecastPlot, 'startMs' | 'stepMs'>,
  recorded: GappedSeries,
): number => Math.round((startMs - recorded.startMs) / stepMs);
