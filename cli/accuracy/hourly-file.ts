import { BadInputError } from '../../models/kernel/errors.ts';
import { parseNumber } from '../trace-cells.ts';
import { readTable, type Table } from '../trace-table.ts';

/** Columns of a file of many hourly series, in any order. */
const COLUMNS = ['series', 'hour_index', 'value'] as const;

/** One series of such a file; NaN where a cell is empty. */
export interface HourlyRows {
  readonly values: Float64Array;
  readonly firstHour: number;
  /** Line of its first row. */
  readonly line: number;
}

interface Growing {
  readonly values: number[];
  readonly firstHour: number;
  readonly record: number;
}

/**
 * Reads `series,hour_index,value` from CSV or CSV.gz: whole hours one after the other within each series, a value of at
 * least 0 or an empty cell where it is missing. Throws `BadInputError` naming file, line, value and what was expected.
 * O(rows).
 */
export function readHourly(file: string): ReadonlyMap<string, HourlyRows> {
  const table = readTable(file);
  const at = columnsOf(table, COLUMNS);
  const series = new Map<string, Growing>();
  for (let record = 1; record < table.records; record++) {
    const cells = table.cells(record);
    if (cells.length === 1 && cells[0]!.trim() === '') continue;
    if (cells.length !== table.cells(0).length) {
      throw badCell(table, record, {
        value: `${cells.length} cells`,
        expected: `${table.cells(0).length} cells, as in the header`,
      });
    }
    const [name, hour, value] = at.map((column) => cells[column]!.trim());
    append(series, { table, record, name: name!, hour: hour!, value: value! });
  }
  if (series.size === 0) throw new BadInputError(`${file}: holds a header only; rows are needed`, { file });
  return new Map(
    [...series].map(([name, { values, firstHour, record }]) => [
      name,
      { values: Float64Array.from(values), firstHour, line: table.lineOf(record) },
    ]),
  );
}

interface Row {
  readonly table: Table;
  readonly record: number;
  readonly name: string;
  readonly hour: string;
  readonly value: string;
}

function append(series: Map<string, Growing>, { table, record, name, hour, value }: Row): void {
  if (name === '') throw badCell(table, record, { value: name, expected: 'the name of a series' });
  const known = series.get(name);
  const at = parseNumber(hour);
  const next = known === undefined ? undefined : known.firstHour + known.values.length;
  if (!Number.isInteger(at) || at < 0 || (next !== undefined && at !== next)) {
    const expected = next === undefined ? 'a whole hour_index from 0' : `hour_index ${next}, the next one of ${name}`;
    throw badCell(table, record, { value: hour, expected });
  }
  const load = loadOf(value);
  if (load === undefined) {
    throw badCell(table, record, { value, expected: 'a finite value of at least 0, or an empty cell' });
  }
  if (known === undefined) series.set(name, { values: [load], firstHour: at, record });
  else known.values.push(load);
}

function loadOf(text: string): number | undefined {
  if (text === '') return Number.NaN;
  const load = parseNumber(text);
  return Number.isFinite(load) && load >= 0 ? load : undefined;
}

/** Where each of some columns stands; throws `BadInputError` for one that the header does not name once. */
export function columnsOf(table: Table, names: readonly string[]): readonly number[] {
  const header = table.cells(0).map((cell) => cell.trim());
  return names.map((name) => {
    if (header.filter((cell) => cell === name).length === 1) return header.indexOf(name);
    throw badCell(table, 0, {
      value: header.join(','),
      expected: `a header with ${names.join(', ')}, each named once; ${name} is not`,
    });
  });
}

/** Bad input in one cell, with all that is needed to find it. */
export function badCell(
  { file, lineOf }: Pick<Table, 'file' | 'lineOf'>,
  record: number,
  { value, expected }: { readonly value: string; readonly expected: string },
): BadInputError {
  const line = lineOf(record);
  const given = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return new BadInputError(`${file}: line ${line}: got "${given}"; expected ${expected}`, { file, line, value: given });
}
