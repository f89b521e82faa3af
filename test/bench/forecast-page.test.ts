import { describe, expect, it } from '@jest/globals';
import { contestTable } from '../../bench/forecast/contest-table.ts';
import { loadsText } from '../../bench/forecast/load-tables.ts';
import { pageOf, partNames } from '../../bench/forecast/page-parts.ts';
import { rivalPython, WITHOUT_PYTHON } from '../../bench/forecast/python-rivals.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { PythonError } from '../../tools/emulator/python.ts';

describe('the page of forecasts', () => {
  it('keeps the parts that were not measured', () => {
    const first = pageOf({ contest: 'c1', loads: 'l1', leads: 'd1\n\n## What intervals and quantiles hold\n\nq1' }, '');
    const second = pageOf({ loads: 'l2' }, first);
    expect(second).toBe(first.replace('l1', 'l2'));
    expect(pageOf({ leads: 'd2' }, second)).not.toContain('q1');
  });

  it('has no part that was never measured', () => {
    expect(pageOf({ loads: 'l1' }, '')).not.toContain('## One load at a lead');
  });

  it('refuses a part that it does not have', () => {
    expect(partNames('leads,contest')).toEqual(['contest', 'leads']);
    expect(() => partNames('rivals')).toThrow(BadInputError);
  });
});

const errors = (relative: number) => ({ relative, milliseconds: 1, learnedMilliseconds: 0 });
const row = (series: string, models: Readonly<Record<string, number>>) => ({
  series,
  windows: 2,
  season: 'day' as const,
  models: new Map(Object.entries(models).map(([name, relative]) => [name, errors(relative)])),
});

describe('the table of every model on every load', () => {
  const loads = [
    row('a', { theta: 0.5, 'arima-auto': 0.8 }),
    row('b', { theta: 2, 'arima-auto': 0.2 }),
    row('c', { theta: 4 }),
  ];
  const text = loadsText({ loads, rivals: undefined, tensors: undefined, refused: [{ series: 'd', reason: 'no' }] });
  const rowOf = (name: string): string | undefined => text.split('\n').find((line) => line.startsWith(`| ${name} |`));

  it('has a dash where a model refused, and means over the series that all answered', () => {
    expect(rowOf('c')).toContain('| 4.00 |');
    expect(rowOf('c')).toContain('| – |');
    expect(rowOf('**geometric mean**')).toContain('| 1.000 |');
    expect(rowOf('**geometric mean**')).toContain('| 0.400 |');
    expect(rowOf('**median**')).toContain('| 2.000 |');
  });

  it('says what was absent', () => {
    expect(text).toContain(WITHOUT_PYTHON);
    expect(text).toContain('Absent: the tensor library');
    expect(text).toContain('Not measured: d (no).');
  });
});

describe('the models of other libraries', () => {
  it('are absent where there is no Python for them, with the reason', async () => {
    const absent = await rivalPython(() => Promise.reject(new PythonError('no python3 in PATH')));
    expect(absent).toEqual({ ok: false, refusal: 'no python3 in PATH' });
  });

  it('stand in the table of the contest beside what was published', () => {
    const figures = { sMAPE: 10, MASE: 1, OWA: 0.42, secondsPerSeries: 0.1 };
    const models = { auto: figures, 'seasonal-naive': { ...figures, OWA: 0.6 } };
    const table = contestTable({ series: 2, sMAPE: 1, MASE: 1, OWA: 1, models, rivals: { other: figures } });
    expect(table).toContain('| other | 10.000 | 1.000 | 0.4200 | 0.700 | 0.100 |');
    expect(table).toContain('| *FFORMA* ¹ | 11.506 | 0.819 | 0.4840 | 0.772 | – |');
    expect(table).not.toContain(WITHOUT_PYTHON);
    expect(contestTable({ series: 2, sMAPE: 1, MASE: 1, OWA: 1, models, rivals: undefined })).toContain(WITHOUT_PYTHON);
  });
});
