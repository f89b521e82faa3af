import { describe, expect, it } from '@jest/globals';
import { shippedLeadTrees } from '../../../adapters/fit/lead-trees-file.ts';
import { leadGrid } from '../../../models/forecast/lead/lead-grid.ts';
import { leadRows, newestRow } from '../../../models/forecast/lead/lead-rows.ts';
import { LOGARITHM, scaledRows } from '../../../models/forecast/lead/scaled-rows.ts';
import { pretrainedPath } from '../../../models/forecast/pretrained/lead-trees.ts';
import { pretrainedForecaster } from '../../../models/forecast/pretrained/pretrained-forecaster.ts';
import { instant, type Series } from '../../../models/kernel/series.ts';
import { mean } from '../../../models/kernel/statistics.ts';
import { gapped, wave } from '../loads.ts';

const HOUR = 3_600_000;
const trees = shippedLeadTrees();
const forecaster = pretrainedForecaster('pretrained-trees', () => trees);

function pathOf(history: Series, horizon: number): Float64Array {
  const path = forecaster.path(history, horizon);
  if (!path.ok) throw new Error(path.refusal.kind);
  return path.value;
}

const fine = (values: Float64Array): Series => ({ startMs: instant(0), stepMs: HOUR / 12, values });

describe('the forecaster of pretrained trees', () => {
  it('says of an hourly load what the trees say at that origin, whatever comes later', () => {
    const hours = wave({ days: 20, stepsPerDay: 24, noise: 0.1 });
    const origin = 24 * 12 + 7;
    const path = pathOf({ startMs: instant(0), stepMs: HOUR, values: hours.subarray(0, origin) }, 48);
    for (const lead of [1, 2, 24, 48]) {
      const grid = leadGrid(gapped(hours), lead * HOUR);
      const rows = leadRows(grid);
      expect(path[lead - 1]).toBe(pretrainedPath(trees, grid, rows)[origin - rows.first]);
    }
  });

  it('errs no more in the first half of the first hour than in the second', () => {
    const load = wave({ days: 12, noise: 0 });
    const off = (from: number, to: number, shift: number): number => {
      const end = 288 * 10 + shift;
      const path = pathOf(fine(load.subarray(0, end)), 12);
      return mean(path.subarray(from, to).map((value, i) => Math.abs(value - load[end + from + i]!)));
    };
    const shifts = [5, 40, 77, 131, 190, 250];
    expect(mean(shifts.map((shift) => off(0, 6, shift)))).toBeLessThan(
      1.3 * mean(shifts.map((shift) => off(6, 12, shift))),
    );
  });

  it.each([{ end: 0 }, { end: 5 }, { end: 101 }])(
    'puts a job of five minutes where it comes each day, $end steps into one',
    ({ end }) => {
      const job = 145;
      const load = wave({ days: 12, noise: 0.02 }).map((value, t) => value + (t % 288 === job ? 300 : 0));
      const history = fine(load.subarray(0, 288 * 10 + end));
      const path = pathOf(history, 2 * 288);
      const spikes = [...path.keys()].filter((i) => path[i]! > 1.5 * Math.max(path[i - 1] ?? 0, path[i + 1] ?? 0));
      const first = job - end + (job < end ? 288 : 0);
      expect(spikes).toEqual([first, first + 288]);
    },
  );

  it('gives a job the size of the load that it comes with', () => {
    const load = wave({ days: 14, noise: 0.01 }).map(
      (value, t) => (value + (t % 288 === 145 ? 300 : 0)) * (t < 288 * 11 ? 1 : 0.1),
    );
    expect(Math.max(...pathOf(fine(load), 288))).toBeLessThan(80);
  });

  it.each([
    { case: 'less than 25 hours', history: fine(wave({ days: 1 })), kind: 'too-short' },
    {
      case: 'steps that do not make up an hour',
      history: { startMs: instant(0), stepMs: 45 * 60_000, values: wave({ days: 5, stepsPerDay: 32 }) },
      kind: 'no-signal',
    },
  ])('refuses $case', ({ history, kind }) => {
    expect(forecaster.path(history, 12)).toMatchObject({ ok: false, refusal: { kind } });
  });
});

describe('rows', () => {
  it('of the newest origin are those that it has when more is known', () => {
    const hours = wave({ days: 15, stepsPerDay: 24, noise: 0.2 });
    const early = leadGrid(gapped(hours.subarray(0, 200)), 24 * HOUR);
    const late = leadRows(leadGrid(gapped(hours), 24 * HOUR));
    const at = 200 - late.first;
    expect(newestRow(early).columns.map((column) => column[0])).toEqual(late.columns.map((column) => column[at]));
  });

  it('correct what is said of them, where anything is', () => {
    const rows = leadRows(leadGrid(gapped(wave({ days: 10, stepsPerDay: 24 })), 24 * HOUR));
    const said = rows.day.map((load) => 1.5 * load + 1);
    const { back } = scaledRows(rows, LOGARITHM, said);
    expect(back(50, 0)).toBeCloseTo(said[50]!, 9);
  });
});
