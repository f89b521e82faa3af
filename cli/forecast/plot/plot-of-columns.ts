import type { TraceColumn } from '../cleaned-columns.ts';
import type { ColumnsForecast } from '../forecast-columns.ts';
import { followsSentence } from './follows-sentence.ts';
import type { ForecastPlot } from './forecast-plot.ts';

interface ColumnsSource {
  readonly file: string;
  readonly dated: boolean;
  readonly stepMs: number;
  /** In the order of the forecast's loads. */
  readonly traces: readonly TraceColumn[];
}

/** What the page of several loads' forecast shows. */
export const plotOfColumns = (
  { model, fittedSteps, startMs, loads }: ColumnsForecast,
  { file, dated, stepMs, traces }: ColumnsSource,
): ForecastPlot => ({
  trace: file,
  dated,
  model,
  fittedSteps,
  stepMs,
  startMs,
  loads: loads.map(({ column, expected, quantiles }, i) => ({
    column,
    recorded: traces[i]!.series,
    expected,
    ...(quantiles === undefined ? {} : { quantiles }),
  })),
  scores: [],
  follows: loads.flatMap((load) => followsSentence(load, stepMs)),
  notes: [],
});
