import { describe, expect, it } from '@jest/globals';
import { reportFromLedger } from '../../../cli/report/report-from-ledger.ts';
import { noAction } from '../../../loop/ledger.ts';
import type { LedgerRecord } from '../../../loop/ports.ts';
import { BadInputError } from '../../../models/kernel/errors.ts';
import { units } from '../../../models/kernel/units.ts';
import { entry, record } from '../ledger-records.ts';

const STEP = 300_000;
const start = entry().asOfMs;

/** A tick i steps after the first, which knows the load of the step before it. */
const tick = (i: number, load: number | null): LedgerRecord =>
  record({
    asOfMs: start + i * STEP + 120_000,
    load: { ...entry().load!, latest: load, freshUntilMs: load === null ? null : start + i * STEP },
    needNow: load === null ? null : units(load),
    action: i === 1 ? { ...noAction, floor: units(9) } : noAction,
  });

describe('a report from the ledger alone', () => {
  it('puts each load into the step that it was measured in', () => {
    const { steps } = reportFromLedger([tick(0, 5), tick(1, 6), tick(2, 7)]);
    expect(steps.map(({ ms, load, need }) => [(ms - start) / STEP, load, need])).toEqual([
      [0, 6, 6],
      [1, 7, 7],
      [2, null, null],
    ]);
  });

  it('leaves steps without a tick and loads that nobody knew blank', () => {
    const { steps } = reportFromLedger([tick(0, 5), tick(1, 6), tick(2, null), tick(4, 8)]);
    expect(steps.map(({ load }) => load)).toEqual([6, null, null, 8, null]);
    expect(steps.map(({ floor }) => floor)).toEqual([2, 9, 2, null, 2]);
  });

  it('shows the floor that was written, and the desired capacity that AWS raises with it', () => {
    const { steps } = reportFromLedger([tick(0, 5), tick(1, 6)]);
    expect(steps.map(({ floor, desired }) => [floor, desired])).toEqual([
      [2, 4],
      [9, 9],
    ]);
  });

  it('reads the grid off the ledger and the penalty off the level', () => {
    const { stepSeconds, penalty, period } = reportFromLedger([tick(0, 5), tick(1, 6)]);
    expect(stepSeconds).toBe(300);
    expect(penalty).toBeCloseTo(20, 9);
    expect(period).toEqual({ fromMs: start, toMs: start + 2 * STEP });
  });

  it('takes the grid that it is told', () => {
    expect(reportFromLedger([tick(0, 5)], { stepSeconds: 60 }).stepSeconds).toBe(60);
  });

  it('refuses an empty ledger', () => {
    expect(() => reportFromLedger([])).toThrow(BadInputError);
  });
});
