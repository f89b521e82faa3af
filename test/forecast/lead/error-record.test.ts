import { describe, expect, it } from '@jest/globals';
import { errorRecord } from '../../../models/forecast/lead/error-record.ts';

/** A record of two models that are off by 1 and 2, for some hours. */
function usual(stale: number, hours = 48) {
  const record = errorRecord(2, { day: 24, stale });
  for (let i = 0; i < hours; i++) record.add(Float64Array.of(1, 2));
  return record;
}

describe('the record of errors', () => {
  it('is empty at first', () => {
    expect(errorRecord(2, { day: 24, stale: 0 }).isEmpty()).toBe(true);
  });

  it('tells the mean of each model', () => {
    expect([...usual(1).means()]).toEqual([expect.closeTo(0.5, 9), expect.closeTo(1, 9)]);
    expect([...usual(0).means()]).toEqual([expect.closeTo(1, 9), expect.closeTo(2, 9)]);
  });

  it.each([0, 1])('keeps models apart through an hour in which both are far off, news %d days old', (stale) => {
    const record = usual(stale);
    record.add(Float64Array.of(1001, 1000));
    const [first, second] = record.means();
    expect(first! / second!).toBeLessThan(0.6);
  });

  it('is surprised while errors are far above the usual, and no longer once they are not', () => {
    const record = usual(1);
    expect(record.surprise()).toBeCloseTo(1, 6);
    for (let i = 0; i < 6; i++) record.add(Float64Array.of(10, 20));
    expect(record.surprise()).toBeGreaterThan(3);
    for (let i = 0; i < 48; i++) record.add(Float64Array.of(1, 2));
    expect(record.surprise()).toBeLessThan(1.2);
  });

  it('is not surprised where no model ever errs', () => {
    const record = errorRecord(2, { day: 24, stale: 1 });
    record.add(new Float64Array(2));
    expect(record.surprise()).toBe(1);
  });
});
