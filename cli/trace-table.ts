import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { CsvError, parse } from 'csv-parse/sync';
import { BadInputError } from '../models/kernel/errors.ts';
import { shownCell } from './trace-cells.ts';

/** More than any trace here unpacks to; a small file that swells beyond it is not one. */
const MOST_BYTES = 512 * 1024 * 1024;

/** A CSV file as text; record 0 is the header, and a blank line is a record of one empty cell. */
export interface Table {
  readonly file: string;
  readonly records: number;
  /** The cells of one record. */
  cells(record: number): readonly string[];
  /** The line in the file on which a record begins, counted from 1. O(file), so only for messages. */
  lineOf(record: number): number;
}

/**
 * Reads a CSV file, unpacked when it is gzip. Throws `BadInputError`, naming the file, when it is missing, unreadable,
 * not the gzip that its name promises, empty, or no CSV.
 */
export function readTable(file: string): Table {
  const text = unpack(file, readBytes(file)).toString('utf8');
  if (text.trim() === '') {
    throw new BadInputError(`${file}: the file is empty; a header line and rows are needed`, { file });
  }
  // Without a quote in it CSV is lines and commas, and splitting is ten times as fast as parsing.
  return text.includes('"') ? quotedTable(file, text) : plainTable(file, text);
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
    const said = READ_FAILURES[code] ?? `cannot be read (${code})`;
    throw new BadInputError(`${file}: ${said}; a CSV or CSV.gz file is needed`, { file, code }, { cause });
  }
}

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'that is a folder',
  EACCES: 'reading it is not allowed',
};

function unpack(file: string, bytes: Buffer): Buffer {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!packed) {
    if (!file.toLowerCase().endsWith('.gz') || bytes.length === 0) return bytes;
    throw new BadInputError(
      `${file}: is named .gz but is not gzip; unpack-able gzip, or plain CSV named .csv, is needed`,
      {
        file,
      },
    );
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new BadInputError(
      `${file}: the gzip data are damaged or too large (${String(cause)}); a whole file is needed`,
      { file },
      { cause },
    );
  }
}

const BYTE_ORDER_MARK = /^\uFEFF/;

function plainTable(file: string, text: string): Table {
  const lines = text.replace(BYTE_ORDER_MARK, '').split(/\r?\n/);
  return {
    file,
    records: lines.length,
    cells: (record) => (lines[record] ?? '').split(','),
    lineOf: (record) => record + 1,
  };
}

function quotedTable(file: string, text: string): Table {
  const records = parsed(file, text);
  return {
    file,
    records: records.length,
    cells: (record) => records[record] ?? [],
    lineOf: (record) => record + 1 + lineEndsIn(records.slice(0, record)),
  };
}

function parsed(file: string, text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: false });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new BadInputError(`${file}: is no CSV: ${shownCell(cause.message, 160)}`, { file }, { cause });
  }
}

/** Quoted cells may hold line ends: a record begins that much further down. */
const lineEndsIn = (records: readonly (readonly string[])[]): number =>
  records.flat().reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
