import { describe, expect, it } from '@jest/globals';
import { CALENDAR, SINCE_START } from '../../../cli/page/time-words.ts';

const HOUR_MS = 3_600_000;

describe('a moment', () => {
  it('is written by the calendar where there is one', () => {
    const ms = Date.UTC(2026, 2, 1, 14, 5);
    expect([CALENDAR.moment(ms), CALENDAR.day(ms), CALENDAR.shortDay(ms)]).toEqual([
      '2026-03-01 14:05 UTC',
      '1 Mar 2026 UTC',
      '1 Mar',
    ]);
  });

  it('is counted from the start of what says no date, and no year is made up', () => {
    expect(SINCE_START.moment(0)).toBe('day 1, 00:00');
    expect(SINCE_START.moment(58 * HOUR_MS)).toBe('day 3, 10:00');
    expect([SINCE_START.day(58 * HOUR_MS), SINCE_START.shortDay(58 * HOUR_MS)]).toEqual(['day 3', 'day 3']);
    expect(SINCE_START.said).not.toContain('UTC');
  });
});
