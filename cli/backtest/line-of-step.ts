import type { GappedSeries } from '../../models/kernel/series.ts';
import { parseOffset, parseStamp } from '../trace-cells.ts';
import { readTable } from '../trace-table.ts';

/** The line of a trace's file that holds a step: "line 7". Of equal stamps the last. Reads the file again: for messages. */
export function lineOfStep(file: string, { startMs, stepMs }: GappedSeries, step: number): string {
  const table = readTable(file);
  const read = table.cells(0)[0]?.trim() === 't_s' ? parseOffset : parseStamp;
  const ms = startMs + step * stepMs;
  for (let record = table.records - 1; record > 0; record--) {
    const stamp = read(table.cells(record)[0]?.trim() ?? '');
    if (Math.abs(stamp - ms) < stepMs / 2) return `line ${table.lineOf(record)}`;
  }
  return `step ${step}`;
}
