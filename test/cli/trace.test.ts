import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readTrace, type TraceOptions } from '../../cli/trace.ts';
import { BadInputError } from '../../models/kernel/errors.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trace-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string | Uint8Array, name = 'trace.csv'): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const read = (content: string | Uint8Array, options: TraceOptions = { minDays: 0 }) =>
  readTrace(fileWith(content), options);

function failure(attempt: () => unknown): BadInputError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof BadInputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const hours = (count: number, row: (hour: number) => string) =>
  `t_s,load\n${Array.from({ length: count }, (_, hour) => row(hour)).join('\n')}\n`;

describe('readTrace', () => {
  it('reads an ISO trace: start, step and values', () => {
    const { series, column, dated } = read(
      'timestamp,requests\n1995-07-01T00:00:00-04:00,3\n1995-07-01T00:01:00-04:00,4\n',
    );
    expect({ ...series, values: [...series.values], column, dated }).toEqual({
      startMs: Date.UTC(1995, 6, 1, 4),
      stepMs: 60_000,
      values: [3, 4],
      mayHaveBlanks: true,
      column: 'requests',
      dated: true,
    });
  });

  it.each([
    { case: 'UTC', stamp: '2020-02-29T00:00:00Z', ms: Date.UTC(2020, 1, 29) },
    { case: 'no zone, which is UTC', stamp: '2020-02-29T00:00:00', ms: Date.UTC(2020, 1, 29) },
    { case: 'a space for the T', stamp: '2020-02-29 00:00', ms: Date.UTC(2020, 1, 29) },
    { case: 'a date alone', stamp: '2020-02-29', ms: Date.UTC(2020, 1, 29) },
    { case: 'a zone without a colon', stamp: '2020-02-29T05:30:00+0530', ms: Date.UTC(2020, 1, 29) },
    { case: 'a zone of hours alone', stamp: '2020-02-29T05:00:00.000+05', ms: Date.UTC(2020, 1, 29) },
    { case: 'fractions of a second', stamp: '2020-02-29T00:00:00.250Z', ms: Date.UTC(2020, 1, 29) + 250 },
    { case: 'epoch seconds', stamp: '1582934400', ms: Date.UTC(2020, 1, 29) },
  ])('understands a stamp with $case', ({ stamp, ms }) => {
    const { series } = read(`timestamp,load\n${stamp},1\n2020-03-01T00:00:00.250Z,2\n`);
    expect(series.startMs).toBe(ms);
  });

  it.each([
    { case: 'a missing row is a blank', rows: '0,1\n60,2\n180,4\n240,5', values: [1, 2, Number.NaN, 4, 5] },
    { case: 'an empty cell is a blank, not a zero', rows: '0,1\n60,\n120,0', values: [1, Number.NaN, 0] },
    { case: 'of duplicate stamps the last wins', rows: '0,1\n60,2\n60,7\n120,3', values: [1, 7, 3] },
    { case: 'blanks at both ends are cut', rows: '0,\n60,2\n120,3\n180,', values: [2, 3] },
    { case: 'blank lines are passed over', rows: '0,1\n\n60,2\n\n', values: [1, 2] },
    { case: 'spaces around cells do not matter', rows: ' 0 , 1\n60 ,2 ', values: [1, 2] },
    { case: 'Windows line ends do not matter', rows: '0,1\r\n60,2\r', values: [1, 2] },
    { case: 'quoted cells are read', rows: '"0","1"\n"60","2e1"', values: [1, 20] },
    {
      case: 'stamps rounded to whole seconds stay on their grid',
      rows: '0,1\n333,2\n667,3\n1000,4',
      values: [1, 2, 3, 4],
    },
  ])('$case', ({ rows, values }) => {
    expect([...read(`t_s,load\n${rows}\n`).series.values]).toEqual(values);
  });

  it('counts rows, duplicates and blanks', () => {
    expect(read('t_s,load\n0,1\n60,2\n60,3\n180,4\n240,\n300,1\n')).toMatchObject({
      rows: 6,
      duplicates: 1,
      blankSteps: 2,
      dated: false,
    });
  });

  it('reads the column that is named', () => {
    const trace = read('t_s,cpu,mem\n0,1,10\n60,2,20\n', { column: 'mem', minDays: 0 });
    expect([trace.column, ...trace.series.values]).toEqual(['mem', 10, 20]);
  });

  it('reads gzip, and a byte order mark', () => {
    const file = fileWith(gzipSync('\uFEFFt_s,load\n0,1\n60,2\n'), 'trace.csv.gz');
    expect([...readTrace(file, { minDays: 0 }).series.values]).toEqual([1, 2]);
  });

  it('takes exactly two days', () => {
    expect(readTrace(fileWith(hours(48, (h) => `${h * 3600},1`))).series.values).toHaveLength(48);
  });

  it('gives back any load written to it, whatever is missing inside', () => {
    const cell = fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: undefined, freq: 4 });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 14 }), (inner) => {
        // So many full rows come first that the median gap is one step, whatever is missing after them.
        const values = [...Array.from({ length: 20 }, () => 1), ...inner, 1];
        const rows = values.map((v, i) => `${i * 300},${v ?? ''}`);
        const { series } = read(`t_s,load\n${rows.join('\n')}\n`);
        expect([...series.values]).toEqual(values.map((v) => v ?? Number.NaN));
      }),
      { numRuns: 50 },
    );
  });
});

describe('readTrace refuses', () => {
  it.each([
    { case: 'an empty file', text: '', says: /the file is empty; a header line and rows are needed/ },
    { case: 'a header only', text: 't_s,load\n', says: /holds a header only; rows are needed/ },
    { case: 'a wrong header', text: 'date,load\n0,1\n', says: /line 1: got "date"; expected .*timestamp or t_s/ },
    { case: 'no header', text: '0,1\n60,2\n', says: /line 1: got "0"; expected a header/ },
    { case: 'one column', text: 't_s\n0\n60\n', says: /line 1: got "t_s"; expected .*second, comma-separated column/ },
    { case: 'semicolons', text: 't_s;load\n0;1\n', says: /line 1: got "t_s;load"; expected a header/ },
    {
      case: 'an unknown column',
      text: 't_s,cpu,mem\n0,1,2\n',
      column: 'disk',
      says: /got "disk"; expected one of the columns cpu, mem/,
    },
    { case: 'a column named twice', text: 't_s,a,a\n0,1,2\n', says: /got "a"; expected one of .*named once/ },
    {
      case: 'text in a number',
      text: 't_s,load\n0,1\n60,many\n',
      says: /line 3: got "many"; expected a finite number/,
    },
    { case: 'a hexadecimal number', text: 't_s,load\n0,0x10\n', says: /line 2: got "0x10"; expected a finite number/ },
    { case: 'a negative value', text: 't_s,load\n0,-1\n', says: /line 2: got "-1"; expected .*at least 0/ },
    { case: 'an infinite value', text: 't_s,load\n0,Infinity\n', says: /line 2: got "Infinity"/ },
    { case: 'a number too large to hold', text: 't_s,load\n0,1e999\n', says: /line 2: got "1e999"/ },
    { case: 'NaN written out', text: 't_s,load\n0,NaN\n', says: /line 2: got "NaN"; .*empty cell/ },
    { case: 'a bad stamp', text: 'timestamp,load\nyesterday,1\n', says: /line 2: got "yesterday"; expected ISO-8601/ },
    { case: 'no stamp', text: 'timestamp,load\n,1\n', says: /line 2: got ""; expected ISO-8601/ },
    { case: 'a day that no month has', text: 'timestamp,load\n2021-02-29,1\n', says: /line 2: got "2021-02-29"/ },
    { case: 'epoch milliseconds', text: 'timestamp,load\n1582934400000,1\n', says: /seconds since 1970/ },
    { case: 'a date in t_s', text: 't_s,load\n2020-01-01,1\n', says: /line 2: .*seconds from the start/ },
    { case: 'time going backwards', text: 't_s,load\n0,1\n60,2\n30,3\n', says: /line 4: got "30"; .*backwards/ },
    { case: 'rows of one stamp', text: 't_s,load\n60,1\n60,2\n', says: /at least two different ones are needed/ },
    {
      case: 'a stamp off the grid',
      text: 't_s,load\n0,1\n60,2\n120,3\n150,4\n',
      says: /line 5: got "150, 30 s off"; expected one step.* 60 s/,
    },
    { case: 'a column without a value', text: 't_s,load\n0,\n60,\n', says: /column load is empty throughout/ },
    {
      case: 'a row with a cell too many',
      text: 't_s,load\n0,1\n60,2,3\n',
      says: /line 3: got "3 cells"; expected 2 cells/,
    },
    { case: 'a row with a cell too few', text: 't_s,load\n0\n', says: /line 2: got "1 cells"; expected 2 cells/ },
    { case: 'an open quote', text: 't_s,load\n0,"1\n', says: /is no CSV/ },
    {
      case: 'a lone stamp ages away',
      text: 't_s,load\n0,1\n1,2\n2,2\n99999999,3\n',
      says: /span 100000000 steps of 1 s/,
    },
  ])('$case', ({ text, says, column }) => {
    const options = { minDays: 0, ...(column === undefined ? {} : { column }) };
    const { message } = failure(() => read(text, options));
    expect(message).toMatch(says);
    expect(message).toContain('trace.csv');
  });

  it.each([
    {
      case: 'a coarser one follows',
      stamp: (i: number) => (i < 30 ? i * 60 : 1800 + (i - 30) * 300),
      line: 33,
      other: 300,
    },
    {
      case: 'a finer one follows',
      stamp: (i: number) => (i < 25 ? i * 300 : 7200 + (i - 24) * 60),
      line: 3,
      other: 300,
    },
    {
      case: 'a coarser one follows after a blank, and has a blank near its start',
      stamp: (i: number) => (i < 10 ? i * 60 : i < 30 ? 120 + i * 60 : i < 33 ? i * 300 - 6840 : i * 300 - 6540),
      rows: 50,
      line: 32,
      other: 300,
    },
    {
      case: 'both are equally frequent',
      stamp: (i: number) => (i < 31 ? i * 60 : 1800 + (i - 30) * 300),
      rows: 61,
      line: 33,
      other: 300,
    },
    {
      case: 'the coarser one is rounded to whole seconds',
      stamp: (i: number) => (i < 30 ? i * 60 : Math.round(1740 + (i - 29) * 300.2)),
      rows: 40,
      line: 32,
      other: 300,
    },
  ])('a file with two steps, where $case', ({ stamp, line, other, rows: count = 60 }) => {
    const rows = Array.from({ length: count }, (_, i) => `${stamp(i)},1`).join('\n');
    const { message } = failure(() => read(`t_s,load\n${rows}\n`));
    expect(message).toMatch(new RegExp(`line ${line}: got "a step of ${other} s"; expected one step.* 60 s apart`));
  });

  it.each([
    { case: 'one that is no multiple', gap: 100, said: 'a step of 100 s' },
    { case: 'one that differs by little', gap: 60.4, said: '0.4 s off' },
  ])(
    'a file whose step becomes another, $case: the first row that keeps another distance is named',
    ({ gap, said }) => {
      const stamp = (i: number) => (i < 30 ? i * 60 : 1740 + (i - 29) * gap).toFixed(1);
      const rows = Array.from({ length: 45 }, (_, i) => `${stamp(i)},1`).join('\n');
      const { message } = failure(() => read(`t_s,load\n${rows}\n`));
      expect(message).toContain('line 32: got ');
      expect(message).toContain(said);
    },
  );

  it('fewer than two days, saying how many there are', () => {
    const { message, detail } = failure(() => readTrace(fileWith(hours(47, (h) => `${h * 3600},1`))));
    expect(message).toMatch(/the values span 1.95 days; at least 2 days are needed/);
    expect(detail).toMatchObject({ given: 1.95, needed: 2 });
  });

  it('days that are only blank at the ends', () => {
    const text = hours(60, (h) => `${h * 3600},${h < 20 ? '' : 1}`);
    expect(failure(() => readTrace(fileWith(text))).message).toMatch(/span 1.66 days/);
  });

  it('names file, line, value and expectation for machines too', () => {
    expect(failure(() => read('t_s,load\n0,x\n')).detail).toEqual({
      file: path.join(folder, 'trace.csv'),
      line: 2,
      value: 'x',
      expected: 'a finite number of at least 0, or an empty cell where it is missing',
    });
  });

  it('counts lines, not records, when a quoted cell runs over several', () => {
    expect(failure(() => read('t_s,load,note\n0,1,"two\nlines"\n60,x,""\n')).detail).toMatchObject({ line: 4 });
  });

  it.each([
    { case: 'a missing file', name: 'absent.csv', says: /there is no such file/ },
    { case: 'a folder', name: '.', says: /that is a folder/ },
  ])('$case', ({ name, says }) => {
    mkdirSync(folder, { recursive: true });
    expect(failure(() => readTrace(path.join(folder, name))).message).toMatch(says);
  });

  it.each([
    { case: 'plain text named .gz', bytes: Buffer.from('t_s,load\n0,1\n'), says: /is named .gz but is not gzip/ },
    { case: 'gzip cut short', bytes: gzipSync('t_s,load\n0,1\n').subarray(0, 20), says: /gzip data are damaged/ },
  ])('$case', ({ bytes, says }) => {
    expect(failure(() => readTrace(fileWith(bytes, 'bad.csv.gz'))).message).toMatch(says);
  });
});

describe('rows between the steps, where they count for the nearest', () => {
  const nearest = (text: string) => readTrace(fileWith(text), { minDays: 0, offGrid: 'nearest' });

  it('are taken there and counted; rows that meet count with their mean, and steps without one are blank', () => {
    const { series, moved } = nearest('t_s,load\n0,1\n300,2\n600,3\n900,4\n1140,6\n1440,8\n2040,9\n');
    expect(series.stepMs).toBe(300_000);
    expect(Array.from(series.values)).toEqual([1, 2, 3, 4, 6, 8, Number.NaN, 9]);
    expect(moved).toBe(3);
  });

  it('meet where they are closer than a step', () => {
    const { series } = nearest('t_s,load\n0,1\n300,2\n600,3\n900,\n960,5\n1000,7\n1200,8\n1500,9\n');
    expect(Array.from(series.values)).toEqual([1, 2, 3, 6, 8, 9]);
  });

  it('change nothing where there are none', () => {
    const text = 't_s,load\n0,1\n60,\n120,3\n';
    expect(nearest(text).series).toEqual(readTrace(fileWith(text), { minDays: 0 }).series);
    expect(nearest(text).moved).toBe(0);
  });

  it('are no second step: that is refused all the same', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i < 30 ? i * 60 : 1800 + (i - 30) * 300},1`).join('\n');
    expect(() => nearest(`t_s,load\n${rows}\n`)).toThrow('a step of 300 s');
  });
});
