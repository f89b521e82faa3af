import { BadInputError } from '../models/kernel/errors.ts';
import { bad, columnOf, stampOf } from './trace.ts';
import { parseNumber } from './trace-cells.ts';
import { readTable, type Table } from './trace-table.ts';

/** Clocks that are set back for the winter repeat an hour. */
const MOST_BACK_MS = 3_600_000;

/** The rows of a file as they stand: any stamps, any values. */
export interface Readings {
  readonly file: string;
  readonly column: string;
  /** The first cell of each row, as written. */
  readonly stamps: readonly string[];
  readonly ms: Float64Array;
  /** NaN where the cell is empty. */
  readonly values: Float64Array;
}

/**
 * Reads every row of a CSV or CSV.gz in its order: first column `timestamp` or `t_s`, any regular or irregular stamps,
 * equal ones too; values may be negative. Blank lines are no rows.
 * Throws `BadInputError`, naming file, line, value and what was expected, for anything that is not so, and where time goes
 * back by more than the hour of a clock that is set back. Cost: O(rows).
 */
export function readReadings(file: string, wanted?: string): Readings {
  const table = readTable(file);
  const { at, column, dated } = columnOf(table, wanted);
  const stamps: string[] = [];
  const ms: number[] = [];
  const values: number[] = [];
  for (let record = 1; record < table.records; record++) {
    const cells = table.cells(record);
    if (cells.length === 1 && cells[0]!.trim() === '') continue;
    const text = stampText(table, record);
    const stamp = stampOf(table, record, { text, dated });
    requireOrder(table, record, { stamp, last: ms.at(-1) ?? stamp });
    stamps.push(text);
    ms.push(stamp);
    values.push(readingOf(table, record, cells[at]!.trim()));
  }
  if (ms.length === 0) throw new BadInputError(`${file}: holds a header only; rows are needed`, { file });
  return { file, column, stamps, ms: Float64Array.from(ms), values: Float64Array.from(values) };
}

function stampText(table: Table, record: number): string {
  const cells = table.cells(record);
  const width = table.cells(0).length;
  if (cells.length === width) return cells[0]!.trim();
  throw bad(table, record, { value: `${cells.length} cells`, expected: `${width} cells, as in the header` });
}

function requireOrder(table: Table, record: number, { stamp, last }: { stamp: number; last: number }): void {
  if (stamp >= last - MOST_BACK_MS) return;
  const expected = 'a stamp at most an hour before the one above: time goes backwards';
  throw bad(table, record, { value: table.cells(record)[0]!, expected });
}

function readingOf(table: Table, record: number, text: string): number {
  if (text === '') return Number.NaN;
  const value = parseNumber(text);
  if (Number.isFinite(value)) return value;
  throw bad(table, record, { value: text, expected: 'a finite number, or an empty cell where it is missing' });
}
