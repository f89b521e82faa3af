import { describe, expect, it } from '@jest/globals';
import { levelCheck, whatCame } from '../../../cli/report/forecast-check.ts';
import { forecastFan } from '../../../cli/report/forecast-fan.ts';
import type { LedgerRecord } from '../../../loop/ports.ts';
import { entry, record } from '../ledger-records.ts';
import { dayReport } from './day-report-builder.ts';

const STEP = 300_000;
const start = entry().asOfMs;

const tick = (i: number): LedgerRecord =>
  record({ asOfMs: start + i * STEP, load: { ...entry().load!, freshUntilMs: start + i * STEP } });

const day = dayReport(48);
const stepAt = (i: number, load: number | null) => ({
  ms: start + i * STEP,
  load,
  need: 1,
  floor: 1,
  desired: 1,
  ready: 1,
});

describe('the forecast fan', () => {
  it('draws each forecast at the end of its window, three steps after the newest load', () => {
    const parts = forecastFan([tick(0), tick(1)], 300).map(({ fromMs, toMs }) => [
      (fromMs - start) / STEP,
      (toMs - start) / STEP,
    ]);
    expect(parts).toEqual([
      [2, 3],
      [3, 4],
    ]);
  });

  it('leaves a hole where a tick was missed', () => {
    const parts = forecastFan([tick(0), tick(1), tick(4)], 300);
    expect((parts[2]!.fromMs - start) / STEP).toBe(6);
  });

  it('draws nothing for a tick without a forecast', () => {
    expect(forecastFan([record({ forecast: { kind: 'refused', reason: 'none' } })], 300)).toEqual([]);
  });
});

describe('what came of a forecast', () => {
  it.each([
    { case: 'is the greatest load of its window', loads: [5, 9, 7, 50], peak: 9 },
    { case: 'is unknown while a step of the window is blank', loads: [5, null, 7], peak: null },
    { case: 'is unknown before the window has passed', loads: [5, 9], peak: null },
  ])('$case', ({ loads, peak }) => {
    const cameOf = whatCame({ ...day, steps: loads.map((load, i) => stepAt(i, load)) });
    expect(cameOf(tick(0).decision)?.peak ?? null).toBe(peak);
  });

  it('counts the peaks at or below the priced level', () => {
    const loads = [1600, 1, 1, 1601, 1, 1];
    const data = { ...day, records: [tick(0), tick(1), tick(3)], steps: loads.map((load, i) => stepAt(i, load)) };
    expect(levelCheck(data, whatCame(data))).toEqual({ known: 3, covered: 1 });
  });
});
