import { endOf } from '../../../models/kernel/series.ts';
import { fixed, number } from '../../page/format.ts';
import type { Trace } from '../../trace.ts';
import type { TraceForecast } from '../forecast-trace.ts';
import type { ForecastPlot } from './forecast-plot.ts';

/** What the page of one load's forecast shows. */
export function plotOfTrace(
  answer: TraceForecast,
  { file, trace }: { readonly file: string; readonly trace: Trace },
): ForecastPlot {
  const { series, column, dated } = trace;
  const expected = answer.path.map((load, k) => ({ after: k + 1, load }));
  return {
    trace: file,
    dated,
    model: answer.model,
    fittedSteps: answer.fittedSteps,
    stepMs: series.stepMs,
    startMs: endOf(series),
    loads: [{ column, recorded: series, expected }],
    window: answer.window,
    ...(answer.why === undefined ? {} : { why: answer.why }),
    scores: answer.scores,
    follows: [],
    notes: [...repairNote(answer), ...eventNotes(answer)],
  };
}

const repairNote = ({ repaired }: TraceForecast): readonly string[] =>
  repaired === undefined
    ? []
    : [`${number(repaired)} outlier(s) of the record were bridged before the fit; the charts show them as they were.`];

const eventNotes = ({ events = [] }: TraceForecast): readonly string[] =>
  events.map(
    ({ name, uplift, occurrences }) =>
      `${name}: the load is expected × ${fixed(uplift, 2)}, learned from ${number(occurrences)} occurrence(s).`,
  );
