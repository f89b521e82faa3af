import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prescale } from '../run-prescale.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prescale-events-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (content: unknown): string => {
  const file = path.join(folder, 'events.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const weekly = {
  name: 'sale',
  zone: 'UTC',
  starts: '2026-01-07T12:00',
  durationMinutes: 120,
  repeats: { every: 'week' },
};

describe('prescale events', () => {
  it('lists when the events of a policy take place', async () => {
    const file = written({ events: [weekly], name: 'web' });
    const { code, out } = await prescale([
      'events',
      '--events',
      file,
      '--from',
      '2026-01-20',
      '--days',
      '10',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out).occurrences).toEqual([
      { name: 'sale', from: '2026-01-21T12:00:00Z', to: '2026-01-21T14:00:00Z' },
      { name: 'sale', from: '2026-01-28T12:00:00Z', to: '2026-01-28T14:00:00Z' },
    ]);
  });

  it('prints public holidays as an event that a policy takes', async () => {
    const asked = ['--holidays', 'DE-BY', '--zone', 'Europe/Berlin', '--from', '2026-01-02', '--days', '30', '--json'];
    const { events, occurrences } = JSON.parse((await prescale(['events', ...asked])).out);
    expect(occurrences).toEqual([{ name: 'holidays DE-BY', from: '2026-01-05T23:00:00Z', to: '2026-01-06T23:00:00Z' }]);
    const again = await prescale([
      'events',
      '--events',
      written(events),
      '--from',
      '2026-01-02',
      '--days',
      '30',
      '--json',
    ]);
    expect(JSON.parse(again.out).occurrences).toEqual(occurrences);
  });

  it('counts a feast that begins on its eve from the next midnight on', async () => {
    const asked = ['--holidays', 'TR', '--zone', 'Europe/Istanbul', '--from', '2026-03-10', '--days', '20'];
    expect((await prescale(['events', ...asked])).out.match(/holidays TR/g)).toHaveLength(3);
  });

  it.each([
    { case: 'nothing to list', args: [], said: '--events FILE or --holidays PLACE is needed' },
    { case: 'a country that there is not', args: ['--holidays', 'XX', '--zone', 'UTC'], said: 'names no country' },
    {
      case: 'a state that there is not',
      args: ['--holidays', 'DE-ZZ', '--zone', 'UTC'],
      said: 'no state of DE; known are BB',
    },
    { case: 'holidays without a zone', args: ['--holidays', 'DE'], said: '--holidays needs --zone' },
    { case: 'a zone without holidays', args: ['--zone', 'UTC'], said: '--zone belongs to --holidays' },
    {
      case: 'an unknown zone',
      args: ['--holidays', 'DE', '--zone', 'Mars/Base'],
      said: '"Mars/Base" is no IANA time zone',
    },
    { case: 'a file that is not there', args: ['--events', '/nowhere.json'], said: '"/nowhere.json" cannot be read' },
  ])('refuses $case', async ({ args, said }) => {
    const { code, notes } = await prescale(['events', ...args]);
    expect(code).toBe(2);
    expect(notes).toContain(said);
  });

  it.each([
    { case: 'what is not JSON', content: '[', said: 'not JSON' },
    { case: 'an unknown key', content: [{ ...weekly, colour: 'red' }], said: '0: Unrecognized key' },
    {
      case: 'a day that does not exist',
      content: [{ ...weekly, until: '2026-02-30' }],
      said: '0.until: must be a day',
    },
    { case: 'a zone that does not exist', content: [{ ...weekly, zone: 'Mars' }], said: '0.zone: must be an IANA' },
    { case: 'neither start nor days', content: [{ name: 'a', zone: 'UTC' }], said: 'either "starts" or "dates"' },
    {
      case: 'a start without an end',
      content: [{ name: 'a', zone: 'UTC', starts: '2026-01-01T00:00' }],
      said: 'durationMinutes',
    },
    { case: 'two of one name', content: [weekly, weekly], said: 'two events have the same name' },
    { case: 'an uplift of nothing', content: [{ ...weekly, uplift: 0 }], said: '0.uplift' },
  ])('refuses a file with $case', async ({ content, said }) => {
    const { code, notes } = await prescale(['events', '--events', written(content)]);
    expect(code).toBe(2);
    expect(notes).toContain(said);
  });
});

describe('prescale forecast with events', () => {
  const DAY = 144;
  const START = Date.parse('2026-01-05T00:00Z');

  /** Fifteen days and eleven hours of ten-minute steps: a daily wave that the sale doubles. */
  const trace = (stamp: 'timestamp' | 't_s'): string => {
    const rows = Array.from({ length: 16 * DAY - 13 * 6 }, (_, i) => {
      const at = START + i * 600_000;
      const inWeek = (at - Date.parse('2026-01-07T12:00Z')) % (7 * 24 * 3_600_000);
      const lift = inWeek >= 0 && inWeek < 2 * 3_600_000 ? 2 : 1;
      const load = Math.round((1000 + 800 * Math.sin((i * 2 * Math.PI) / DAY)) * lift);
      return `${stamp === 'timestamp' ? new Date(at).toISOString() : i * 600},${load}`;
    });
    const file = path.join(folder, `${stamp}.csv`);
    writeFileSync(file, `${stamp},requests\n${rows.join('\n')}\n`);
    return file;
  };

  it('expects a sale at the hour that it doubled before, and says what it learned', async () => {
    const once = { ...weekly, repeats: undefined, name: 'first' };
    const next = { ...weekly, starts: '2026-01-20T12:00', name: 'next', repeats: undefined, uplift: 2 };
    const file = written([once, next]);
    const { out } = await prescale([
      'forecast',
      '--trace',
      trace('timestamp'),
      '--events',
      file,
      '--horizon',
      '4h',
      '--json',
    ]);
    const answer = JSON.parse(out);
    expect(answer.events).toMatchObject([
      { name: 'first', occurrences: 1 },
      { name: 'next', occurrences: 0, uplift: expect.closeTo(2, 9) },
    ]);
    expect(answer.events[0].uplift).toBeGreaterThan(1.9);
    // The trace ends at eleven: step 6 is twelve o'clock, step 18 two o'clock.
    expect(answer.path[6] / answer.path[5]).toBeGreaterThan(1.8);
    expect(answer.path[18] / answer.path[17]).toBeLessThan(0.6);
  });

  it('refuses events for a file that names no day', async () => {
    const { code, notes } = await prescale(['forecast', '--trace', trace('t_s'), '--events', written([weekly])]);
    expect(code).toBe(2);
    expect(notes).toContain('t_s names no day');
  });
});
