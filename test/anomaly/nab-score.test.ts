import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AnomalyWindow, nabScore, nabTally, probationRows } from '../../models/anomaly/nab-score.ts';

/** 100 rows (probation: 15), flags at the given ones. */
const flags = (...at: number[]): Uint8Array => {
  const all = new Uint8Array(100);
  for (const i of at) all[i] = 1;
  return all;
};
const window: AnomalyWindow = { from: 40, to: 49 };
const sigmoid = (x: number): number => 2 / (1 + Math.exp(5 * x)) - 1;

describe('nabTally', () => {
  it.each([
    { $case: 'nothing flagged: the window is missed', given: flags(), raw: -1 },
    { $case: 'the first row of the window', given: flags(40), raw: 1 },
    { $case: 'the last row of the window', given: flags(49), raw: sigmoid(-0.1) / sigmoid(-1) },
    { $case: 'the earliest of several counts', given: flags(45, 46, 49), raw: sigmoid(-0.5) / sigmoid(-1) },
    { $case: 'before the first window: the full price', given: flags(30), raw: -1 - 0.11 },
    { $case: 'in probation: nothing', given: flags(3, 14), raw: -1 },
    { $case: 'the first row after probation counts', given: flags(15), raw: -1.11 },
    { $case: 'shortly after the window: less', given: flags(40, 52), raw: 1 + 0.11 * sigmoid(3 / 9) },
    { $case: 'more than three widths after it: the full price', given: flags(40, 77), raw: 1 - 0.11 },
    { $case: 'every false positive costs', given: flags(20, 21, 40), raw: 1 - 0.22 },
  ])('$case', ({ given, raw }) => {
    expect(nabTally(given, [window]).raw).toBeCloseTo(raw, 12);
  });

  it('measures lateness from the window before, also between two', () => {
    const two = [window, { from: 80, to: 84 }];
    expect(nabTally(flags(40, 50, 80), two).raw).toBeCloseTo(2 + 0.11 * sigmoid(1 / 9), 12);
    expect(nabTally(flags(40, 80, 86), two).raw).toBeCloseTo(2 + 0.11 * sigmoid(2 / 4), 12);
  });

  it('counts what was found and what was not there', () => {
    expect(nabTally(flags(20, 42, 90), [window, { from: 60, to: 69 }])).toMatchObject({
      windows: 2,
      found: 1,
      falsePositives: 2,
    });
  });

  it('never gives a window more than 1, and never less than −1 − 0.11 per flag', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { maxLength: 30 }), (at) => {
        const { raw } = nabTally(flags(...at), [window]);
        expect(raw).toBeLessThanOrEqual(1);
        expect(raw).toBeGreaterThanOrEqual(-1 - 0.11 * at.length - 1e-12);
      }),
    );
  });
});

describe('nabScore', () => {
  it('is 100 for every window at its first row, 0 for silence', () => {
    expect(nabScore([nabTally(flags(40), [window])])).toBe(100);
    expect(nabScore([nabTally(flags(), [window]), nabTally(flags(), [])])).toBe(0);
  });

  it('weighs series by their windows', () => {
    const half = nabScore([nabTally(flags(40), [window]), nabTally(flags(), [window])]);
    expect(half).toBeCloseTo(50, 12);
  });
});

describe('probationRows', () => {
  it.each([
    [100, 15],
    [1624, 243],
    [5000, 750],
    [18050, 750],
  ])('of %i rows leaves out %i', (rows, skipped) => expect(probationRows(rows)).toBe(skipped));
});
