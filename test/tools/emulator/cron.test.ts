import { describe, expect, it } from '@jest/globals';
import { nextAfter, parseCron } from '../../../tools/emulator/gate/cron.ts';

const at = (text: string): number => Date.parse(text);

const next = (cron: string, after: string): string | null => {
  const parsed = parseCron(cron);
  if (parsed === null) return 'unreadable';
  const ms = nextAfter(parsed, at(after));
  return ms === null ? null : new Date(ms).toISOString();
};

describe('nextAfter', () => {
  // 15 January 2026 is a Thursday.
  it.each([
    { case: 'every minute', cron: '* * * * *', expected: '2026-01-15T12:01:00.000Z' },
    { case: 'a time later today', cron: '30 18 * * *', expected: '2026-01-15T18:30:00.000Z' },
    { case: 'a time gone by today', cron: '0 8 * * *', expected: '2026-01-16T08:00:00.000Z' },
    { case: 'this very minute counts as gone', cron: '0 12 * * *', expected: '2026-01-16T12:00:00.000Z' },
    { case: 'working days by name', cron: '0 8 * * MON-FRI', expected: '2026-01-16T08:00:00.000Z' },
    { case: 'Sunday as 7', cron: '0 0 * * 7', expected: '2026-01-18T00:00:00.000Z' },
    { case: 'steps', cron: '*/20 * * * *', expected: '2026-01-15T12:20:00.000Z' },
    { case: 'a list of months', cron: '30 0 1 1,6,12 *', expected: '2026-06-01T00:30:00.000Z' },
    {
      case: 'day of month or weekday, when both are given',
      cron: '0 0 20 * SAT',
      expected: '2026-01-17T00:00:00.000Z',
    },
    { case: 'the end of the year', cron: '59 23 31 12 *', expected: '2026-12-31T23:59:00.000Z' },
    { case: 'a leap day', cron: '0 0 29 2 *', expected: '2028-02-29T00:00:00.000Z' },
    { case: 'a day that never comes', cron: '0 0 31 2 *', expected: null },
  ])('$case', ({ cron, expected }) => {
    expect(next(cron, '2026-01-15T12:00:00Z')).toBe(expected);
  });
});

describe('parseCron', () => {
  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-2 * * * *',
    '*/0 * * * *',
    'a * * * *',
  ])('refuses %j', (text) => {
    expect(parseCron(text)).toBeNull();
  });
});
