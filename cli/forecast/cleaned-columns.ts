import { cleanedTail } from '../../models/clean/cleaned-tail.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import type { NamedLoad } from '../../models/forecast/graph/graph-forecaster.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { endOf, type GappedSeries, slice } from '../../models/kernel/series.ts';

/** A column of a trace. */
export interface TraceColumn {
  readonly column: string;
  readonly series: GappedSeries;
}

/** Columns of one trace, cleaned as the controller would, up to the last step that all of them know; refuses in words. */
export function cleanedColumns(
  columns: readonly TraceColumn[],
  historySteps: number,
): Result<readonly NamedLoad[], string> {
  const loads: NamedLoad[] = [];
  for (const { column, series } of columns) {
    const cleaned = cleanedTail({ series, historySteps });
    if (!cleaned.ok) return refuse(`${column}: ${cleaned.refusal}`);
    const window = fitWindow(cleaned.value);
    if (!window.ok) return refuse(`${column}: ${window.refusal.reason}`);
    loads.push({ name: column, series: window.value });
  }
  const end = Math.min(...loads.map(({ series }) => endOf(series)));
  return accept(
    loads.map(({ name, series }) => {
      const beyond = Math.round((endOf(series) - end) / series.stepMs);
      return { name, series: slice(series, 0, series.values.length - beyond) };
    }),
  );
}
