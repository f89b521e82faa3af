import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civilDay, DAY_MS, dayNumber, dayText, parseClock, parseDay, weekdayOf } from '../../models/calendar/civil.ts';
import { localTime } from '../../models/calendar/day-type.ts';
import type { EventRule } from '../../models/calendar/event.ts';
import { planned } from '../../models/calendar/occurrences.ts';
import { type Zone, zoneOf } from '../../models/calendar/zone.ts';

const zone = (name: string): Zone => {
  const found = zoneOf(name);
  if (!found.ok) throw new Error(found.refusal.reason);
  return found.value;
};

describe('civil days', () => {
  it('count as the epoch does, back and forth', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 700_000 }), (number) => {
        const at = new Date(number * DAY_MS);
        const day = civilDay(number);
        expect(day).toEqual({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() });
        expect(dayNumber(day)).toBe(number);
        expect(weekdayOf(number)).toBe((at.getUTCDay() + 6) % 7);
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', 'tomorrow', ''])('are not read from "%s"', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it('are read from and written as ISO dates', () => {
    expect(dayText(parseDay('2024-02-29') ?? 0)).toBe('2024-02-29');
  });

  it.each(['2026-11-27T24:00', '2026-11-27T08:60', '2026-02-30T08:00', '2026-11-27'])(
    'have no clock that shows "%s"',
    (text) => {
      expect(parseClock(text)).toBeUndefined();
    },
  );
});

describe('the clocks of a zone', () => {
  it.each([
    { case: 'Berlin in winter', name: 'Europe/Berlin', at: '2026-01-15T12:00Z', hours: 1 },
    { case: 'Berlin in summer', name: 'Europe/Berlin', at: '2026-07-15T12:00Z', hours: 2 },
    { case: 'Berlin a millisecond before summer', name: 'Europe/Berlin', at: '2026-03-29T00:59:59.999Z', hours: 1 },
    { case: 'Berlin when summer begins', name: 'Europe/Berlin', at: '2026-03-29T01:00Z', hours: 2 },
    { case: 'New York in summer', name: 'America/New_York', at: '2026-07-15T12:00Z', hours: -4 },
    { case: 'Kolkata', name: 'Asia/Kolkata', at: '2026-07-15T12:00Z', hours: 5.5 },
    {
      case: 'Lord Howe, which moves by half an hour',
      name: 'Australia/Lord_Howe',
      at: '2026-07-15T12:00Z',
      hours: 10.5,
    },
    { case: 'UTC', name: 'UTC', at: '2026-07-15T12:00Z', hours: 0 },
  ])('are ahead of UTC as they are in $case', ({ name, at, hours }) => {
    expect(zone(name).offsetMs(Date.parse(at))).toBe(hours * 3_600_000);
  });

  it('show what they are asked for, except in the hour that they skip', () => {
    const berlin = zone('Europe/Berlin');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const at = seconds * 1000;
        const back = berlin.instantOf(at + berlin.offsetMs(at));
        // In the hour that comes twice the first one is meant.
        expect([at, at - 3_600_000]).toContain(back);
      }),
    );
  });

  it.each([
    { case: 'a skipped time: an hour later', clock: '2026-03-29T02:30', at: '2026-03-29T01:30Z' },
    { case: 'a time that comes twice: the first', clock: '2026-10-25T02:30', at: '2026-10-25T00:30Z' },
    { case: 'any other time', clock: '2026-06-01T09:00', at: '2026-06-01T07:00Z' },
  ])('take for $case', ({ clock, at }) => {
    expect(zone('Europe/Berlin').instantOf(parseClock(clock) ?? 0)).toBe(Date.parse(at));
  });

  it('are not made up', () => {
    expect(zoneOf('Europe/Atlantis')).toMatchObject({ ok: false, refusal: { kind: 'zone' } });
  });

  it('tell the hour of the week and the kind of day', () => {
    const at = Date.parse('2026-11-22T23:30Z');
    expect(localTime(at, zone('UTC'))).toMatchObject({ weekday: 6, hour: 23.5, hourOfWeek: 167, dayType: 'weekend' });
    const holidays = new Set([parseDay('2026-11-23') ?? 0]);
    expect(localTime(at, zone('Europe/Berlin'), holidays)).toMatchObject({
      weekday: 0,
      hour: 0.5,
      hourOfWeek: 0,
      dayType: 'holiday',
    });
  });
});

describe('the occurrences of an event', () => {
  const all = { fromMs: Date.parse('2026-01-01T00:00Z'), toMs: Date.parse('2027-01-01T00:00Z') };
  const from = (rule: Partial<EventRule>, span = all): string[] => {
    const event = planned({ name: 'e', zone: 'Europe/Berlin', ...rule }, span);
    return event.ok
      ? event.value.windows.map(({ fromMs }) => new Date(fromMs).toISOString().slice(0, 16))
      : ['refused'];
  };
  const once = { starts: '2026-03-20T09:00', durationMinutes: 60 };

  it.each([
    { case: 'one that comes once', rule: once, expected: ['2026-03-20T08:00'] },
    {
      case: 'a weekly one across the change of clocks, at the same local time',
      rule: { ...once, repeats: { every: 'week', interval: 1 }, until: '2026-04-03' },
      expected: ['2026-03-20T08:00', '2026-03-27T08:00', '2026-04-03T07:00'],
    },
    {
      case: 'one that is left out once',
      rule: { ...once, repeats: { every: 'day', interval: 2 }, until: '2026-03-24', except: ['2026-03-22'] },
      expected: ['2026-03-20T08:00', '2026-03-24T08:00'],
    },
    {
      case: 'a monthly one, in the months that have the day',
      rule: {
        starts: '2026-01-31T12:00',
        durationMinutes: 5,
        repeats: { every: 'month', interval: 1 },
        until: '2026-06-01',
      },
      expected: ['2026-01-31T11:00', '2026-03-31T10:00', '2026-05-31T10:00'],
    },
    {
      case: 'a yearly one that began long ago',
      rule: { starts: '1990-12-24T18:00', durationMinutes: 60, repeats: { every: 'year', interval: 1 } },
      expected: ['2026-12-24T17:00'],
    },
    {
      case: 'listed days',
      rule: { dates: ['2026-05-01', '2026-12-25'] },
      expected: ['2026-04-30T22:00', '2026-12-24T23:00'],
    },
    { case: 'one that has expired', rule: { ...once, until: '2026-03-19' }, expected: [] },
    { case: 'one in an unknown zone', rule: { ...once, zone: 'Nowhere' }, expected: ['refused'] },
  ] satisfies { case: string; rule: Partial<EventRule>; expected: string[] }[])(
    'are right for $case',
    ({ rule, expected }) => {
      expect(from(rule)).toEqual(expected);
    },
  );

  it('last from midnight to midnight where days are listed, also when the clocks change', () => {
    const event = planned({ name: 'e', zone: 'Europe/Berlin', dates: ['2026-03-29', '2026-10-25'] }, all);
    const hours = event.ok ? event.value.windows.map(({ fromMs, toMs }) => (toMs - fromMs) / 3_600_000) : [];
    expect(hours).toEqual([23, 25]);
  });

  it('are those of the whole that overlap, whatever the span', () => {
    const rule: EventRule = { name: 'e', zone: 'America/New_York', ...once, repeats: { every: 'day', interval: 3 } };
    const whole = planned(rule, all);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 * 24 }), fc.integer({ min: 1, max: 24 * 9 }), (hour, hours) => {
        const fromMs = all.fromMs + hour * 3_600_000;
        const span = { fromMs, toMs: Math.min(all.toMs, fromMs + hours * 3_600_000) };
        const part = planned(rule, span);
        const expected = whole.ok
          ? whole.value.windows.filter((w) => w.fromMs < span.toMs && w.toMs > span.fromMs)
          : undefined;
        expect(part.ok && part.value.windows).toEqual(expected);
      }),
    );
  });
});
