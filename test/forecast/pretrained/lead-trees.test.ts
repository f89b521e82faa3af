import { describe, expect, it } from '@jest/globals';
import { shippedLeadTrees } from '../../../adapters/fit/lead-trees-file.ts';
import { leadGrid } from '../../../models/forecast/lead/lead-grid.ts';
import { leadRows } from '../../../models/forecast/lead/lead-rows.ts';
import { meanAbsoluteError } from '../../../models/forecast/metrics/mase.ts';
import { fitLeadTrees } from '../../../models/forecast/pretrained/fit-lead-trees.ts';
import { knowsGrid, type LeadTrees, pretrainedPath } from '../../../models/forecast/pretrained/lead-trees.ts';
import { pretrainedRows } from '../../../models/forecast/pretrained/pretrained-rows.ts';
import { randomSource } from '../../../models/kernel/rng.ts';
import { gapped } from '../loads.ts';

const HOUR = 3_600_000;

/** Days that are low on every third day, and noise; each history begins elsewhere in that rhythm. */
function everyThird(hours: number, seed: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({ length: hours }, (_, t) => {
    const low = Math.floor(t / 24 + seed) % 3 === 0;
    return (low ? 40 : 100) * (1.5 + Math.sin((2 * Math.PI * t) / 24)) * (1 + 0.05 * (random() - 0.5));
  });
}

function said(trees: LeadTrees, values: Float64Array, lead: number) {
  const grid = leadGrid(gapped(values), lead * HOUR);
  const rows = leadRows(grid);
  return { rows, path: pretrainedPath(trees, grid, rows) };
}

describe('trees that learned from other histories', () => {
  const histories = [1, 2, 3, 4].map((seed) => everyThird(24 * 20, seed));
  const fitted = fitLeadTrees(histories);
  if (!fitted.ok) throw new Error(fitted.refusal.kind);
  const trees = fitted.value;

  it('know what follows in a load that they never saw, from its second day on', () => {
    const { rows, path } = said(trees, everyThird(24 * 20, 9), 24);
    const off = (forecast: Float64Array): number => meanAbsoluteError(rows.actual, forecast);
    expect(off(path)).toBeLessThan(0.6 * Math.min(off(rows.day), off(rows.usual)));
  });

  it('are the same when they learn from the same', () => {
    expect(fitLeadTrees(histories)).toEqual(fitted);
  });

  it('cannot be grown from histories of less than a day', () => {
    expect(fitLeadTrees([new Float64Array(20).fill(3)])).toMatchObject({ ok: false, refusal: { kind: 'empty' } });
  });
});

describe('what the shipped trees say', () => {
  const trees = shippedLeadTrees();
  const load = everyThird(24 * 12, 5);

  it.each([1, 24, 168])('%d hours ahead is the same in any unit of the load', (lead) => {
    const { path } = said(trees, load, lead);
    const { path: thousandth } = said(
      trees,
      load.map((value) => value / 1024),
      lead,
    );
    thousandth.forEach((value, i) => {
      expect(Math.abs((1024 * value) / path[i]! - 1)).toBeLessThan(1e-9);
    });
  });

  it.each([1, 24, 168])('%d hours ahead knows nothing of what comes later', (lead) => {
    const seen = 24 * 9 + 5;
    const changed = load.map((value, t) => (t < seen ? value : 7 * value));
    const [one, other] = [load, changed].map((values) => said(trees, values, lead));
    const known = seen - one!.rows.first + 1;
    expect(other!.path.subarray(0, known)).toEqual(one!.path.subarray(0, known));
  });

  it.each([
    { case: 'no load at all', values: new Float64Array(24 * 12) },
    { case: 'a load that never changes', values: new Float64Array(24 * 12).fill(7) },
    { case: 'one job a day', values: load.map((_, t) => (t % 24 === 3 ? 1e6 : 0)) },
    { case: 'a spike of 10⁹ times the load', values: load.map((value, t) => (t === 150 ? 1e9 * value : value)) },
    { case: 'the largest numbers', values: load.map((value) => 1e305 * value) },
    { case: 'the smallest numbers', values: load.map((value) => 1e-320 * value) },
    { case: 'blanks', values: load.map((value, t) => (t % 7 === 0 ? Number.NaN : value)) },
  ])('is finite and not below 0 for $case', ({ values }) => {
    for (const lead of [1, 24]) {
      const { path } = said(trees, values, lead);
      expect(path.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
  });

  it('is what the load is where it never changes', () => {
    const { path } = said(trees, new Float64Array(24 * 12).fill(7), 24);
    expect(Math.max(...path.map((value) => Math.abs(value - 7)))).toBeLessThan(0.07);
  });
});

describe('the rows that such trees read', () => {
  it('leave out the clock, for the same hours mean another thing to every load', () => {
    const days = Float64Array.from({ length: 24 * 20 }, (_, t) => 50 + (t % 24));
    const columnsAfter = (shift: number) => {
      const grid = leadGrid(gapped(days.subarray(24 * shift)), 24 * HOUR);
      const rows = leadRows(grid);
      return pretrainedRows(grid, rows).columns.map((column) => column.at(-1)!);
    };
    const [one, other] = [columnsAfter(0), columnsAfter(3)];
    // How many days are known, last but one, alone differs.
    expect(
      one.map((value, j) => Math.abs(value - other[j]!) > 1e-9).flatMap((differs, j) => (differs ? [j] : [])),
    ).toEqual([one.length - 2]);
  });

  it.each([
    { case: 'hours', stepMs: HOUR, aim: 'load', known: true },
    { case: 'means of an hour of five-minute steps', stepMs: HOUR / 12, aim: 'load', known: true },
    { case: 'steps of six hours', stepMs: 6 * HOUR, aim: 'load', known: false },
    { case: 'peaks', stepMs: HOUR, aim: 'peak', known: false },
  ] as const)('are those of hourly loads alone: $case', ({ stepMs, aim, known }) => {
    expect(knowsGrid(leadGrid(gapped(new Float64Array(96), stepMs), 6 * HOUR, aim))).toBe(known);
  });
});
