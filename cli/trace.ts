import { BadInputError, type Detail } from '../models/kernel/errors.ts';
import { type GappedSeries, instant } from '../models/kernel/series.ts';
import { parseNumber, parseOffset, parseStamp, STAMP_FORMS, shownCell } from './trace-cells.ts';
import { duplicatesIn, type Grid, type GridFault, gridOf, type OffGrid, type TraceRows } from './trace-grid.ts';
import { readTable, type Table } from './trace-table.ts';

const DAY_MS = 86_400_000;

/** Beyond it neighbouring whole numbers look alike; no load of a step is larger. */
const MOST_LOAD = Number.MAX_SAFE_INTEGER;

export interface TraceOptions {
  /** Name of the column to read. @default the second */
  readonly column?: string;
  /** Least time that the values must span, blanks at the ends not counted. @default 2 */
  readonly minDays?: number;
  /** What becomes of rows between the steps of the grid. @default 'refuse' */
  readonly offGrid?: OffGrid;
}

/** A recorded load and what became of its file's rows. */
export interface Trace {
  /** Total load per step; NaN where the file has no row or an empty cell. */
  readonly series: GappedSeries;
  readonly column: string;
  /** True when the file says when it was recorded (`timestamp`); false when it counts from its own start (`t_s`). */
  readonly dated: boolean;
  /** Rows in the file, the header not counted. */
  readonly rows: number;
  /** Rows whose stamp the row after them repeats; the last of equal stamps is the one that counts. */
  readonly duplicates: number;
  /** Rows between the steps of the grid that were taken to the nearest; 0 unless that is asked for. */
  readonly moved: number;
  /** Blank steps inside the series. */
  readonly blankSteps: number;
}

/**
 * Reads a load from CSV or CSV.gz with a header: first column `timestamp` (ISO-8601, UTC when it names no zone, or epoch
 * seconds) or `t_s` (seconds from the start); an empty cell is missing. The step is the usual difference of the stamps,
 * missing rows are blanks, of equal stamps the last wins, blanks at both ends are cut.
 * Throws `BadInputError`, naming file, line, value and what was expected, for anything that is not so, for a negative or
 * non-finite value or one above 2^53, for time going backwards, for stamps off the grid (unless they are to be taken to
 * the nearest step) or a step that changes, and for
 * too short a span.
 * Cost: O(rows log rows).
 */
export function readTrace(file: string, options: TraceOptions = {}): Trace {
  const table = readTable(file);
  const { at, column, dated } = columnOf(table, options.column);
  const rows = rowsOf(table, at, dated);
  const grid = gridOf(rows, options.offGrid);
  if ('kind' in grid) throw gridError(table, grid, column);
  requireDays(file, grid, options.minDays ?? 2);
  return {
    series: { startMs: instant(grid.startMs), stepMs: grid.stepMs, values: grid.values, mayHaveBlanks: true },
    column,
    dated,
    rows: rows.ms.length,
    duplicates: duplicatesIn(rows),
    moved: grid.moved,
    blankSteps: grid.values.reduce((count, v) => count + (Number.isNaN(v) ? 1 : 0), 0),
  };
}

/** Which column to read, and whether the file says when it was recorded. Throws `BadInputError` as `readTrace` does. */
export function columnOf(table: Table, wanted: string | undefined): { at: number; column: string; dated: boolean } {
  const header = table.cells(0).map((cell) => cell.trim());
  const [time = '', ...columns] = header;
  if (time !== 'timestamp' && time !== 't_s') {
    throw bad(table, 0, { value: time, expected: 'a header whose first column is timestamp or t_s' });
  }
  if (columns.length === 0) {
    throw bad(table, 0, { value: header.join(','), expected: 'a header with a second, comma-separated column' });
  }
  const column = wanted ?? columns[0]!;
  if (columns.filter((name) => name === column).length !== 1) {
    throw bad(table, 0, { value: column, expected: `one of the columns ${columns.join(', ')}, named once` });
  }
  return { at: header.lastIndexOf(column), column, dated: time === 'timestamp' };
}

function rowsOf(table: Table, at: number, dated: boolean): TraceRows {
  const width = table.cells(0).length;
  const ms = new Float64Array(table.records);
  const values = new Float64Array(table.records);
  const records = new Int32Array(table.records);
  let rows = 0;
  for (let record = 1; record < table.records; record++) {
    const cells = table.cells(record);
    if (cells.length === 1 && cells[0]!.trim() === '') continue;
    if (cells.length !== width) {
      throw bad(table, record, { value: `${cells.length} cells`, expected: `${width} cells, as in the header` });
    }
    ms[rows] = stampOf(table, record, { text: cells[0]!.trim(), dated });
    values[rows] = loadOf(table, record, cells[at]!.trim());
    records[rows] = record;
    if (rows > 0 && ms[rows]! < ms[rows - 1]!) {
      throw bad(table, record, {
        value: cells[0]!,
        expected: 'a stamp no earlier than the one before: time goes backwards',
      });
    }
    rows++;
  }
  if (rows === 0) throw new BadInputError(`${table.file}: holds a header only; rows are needed`, { file: table.file });
  return { ms: ms.subarray(0, rows), values: values.subarray(0, rows), records: records.subarray(0, rows) };
}

/** A stamp's milliseconds. Throws `BadInputError` for what is no stamp. */
export function stampOf(
  table: Table,
  record: number,
  { text, dated }: { readonly text: string; readonly dated: boolean },
): number {
  const ms = dated ? parseStamp(text) : parseOffset(text);
  if (Number.isFinite(ms)) return ms;
  throw bad(table, record, { value: text, expected: dated ? STAMP_FORMS : 'seconds from the start of the trace' });
}

function loadOf(table: Table, record: number, text: string): number {
  if (text === '') return Number.NaN;
  const value = parseNumber(text);
  if (value >= 0 && value <= MOST_LOAD) return value;
  if (Number.isFinite(value) && value > MOST_LOAD) {
    throw bad(table, record, { value: text, expected: `a load of at most ${MOST_LOAD} a step` });
  }
  throw bad(table, record, {
    value: text,
    expected: 'a finite number of at least 0, or an empty cell where it is missing',
  });
}

function requireDays(file: string, { values, stepMs }: Grid, needed: number): void {
  const given = (values.length * stepMs) / DAY_MS;
  if (given >= needed) return;
  const days = Math.floor(given * 100) / 100;
  throw new BadInputError(`${file}: the values span ${days} days; at least ${needed} days are needed`, {
    file,
    given: days,
    needed,
  });
}

function gridError(table: Table, fault: GridFault, column: string): BadInputError {
  const { file } = table;
  switch (fault.kind) {
    case 'one-stamp':
      return new BadInputError(`${file}: all rows have one stamp; at least two different ones are needed`, { file });
    case 'nothing-observed':
      return new BadInputError(`${file}: column ${column} is empty throughout; values are needed`, { file, column });
    case 'too-wide':
      return new BadInputError(
        `${file}: the stamps span ${fault.steps} steps of ${fault.stepMs / 1000} s; fewer are needed`,
        {
          file,
        },
      );
    case 'off-grid':
      return bad(table, fault.record, {
        value: `${table.cells(fault.record)[0]}, ${fault.offMs / 1000} s off`,
        expected: `one step throughout: most rows are ${fault.stepMs / 1000} s apart`,
      });
    case 'two-steps':
      return bad(table, fault.record, {
        value: `a step of ${fault.otherMs / 1000} s`,
        expected: `one step throughout: most rows are ${fault.stepMs / 1000} s apart`,
      });
  }
}

/** What is wrong with a record: file, line, value, and what was expected. */
export function bad(
  table: Table,
  record: number,
  given: { readonly value: string; readonly expected: string },
): BadInputError {
  const line = table.lineOf(record);
  const value = shownCell(given.value, 60);
  const detail: Detail = { file: table.file, line, value, expected: given.expected };
  return new BadInputError(`${table.file}: line ${line}: got "${value}"; expected ${given.expected}`, detail);
}
