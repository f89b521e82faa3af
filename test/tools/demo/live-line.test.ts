import { describe, expect, it } from '@jest/globals';
import { demoDay } from '../../../tools/demo/day.ts';
import { headOf, lineOf } from '../../../tools/demo/live-line.ts';
import { entry } from '../../cli/ledger-records.ts';

/** Half past one: a day that is played then passes midnight. */
const NOW_MS = Date.UTC(2026, 4, 1, 13, 30);

const step = (asOf: string, change: { readonly ready?: number } = {}) => ({
  startMs: Date.parse(asOf) - 120_000,
  load: 260,
  need: 21,
  floor: 20,
  desired: 22,
  ready: 22,
  record: { decision: entry({ asOfMs: Date.parse(asOf) }), outcome: undefined, confirm: undefined },
  ...change,
});

describe('what the demo says while it plays', () => {
  it('begins each line with the time of its own tick, in UTC, also after midnight', () => {
    expect(lineOf(step('2026-05-01T23:57:00Z'))).toMatch(/^2026-05-01T23:57:00Z {2,}260 requests /);
    expect(lineOf(step('2026-05-02T00:02:00Z'))).toMatch(/^2026-05-02T00:02:00Z {2,}260 requests /);
  });

  it('says how many units are missing, and nothing where none is', () => {
    expect(lineOf(step('2026-05-01T23:57:00Z', { ready: 18 }))).toMatch(/SHORT 3$/);
    expect(lineOf(step('2026-05-01T23:57:00Z'))).not.toContain('SHORT');
  });

  it('says first that a day of 1995 was moved, and where its times begin and end', () => {
    const head = headOf(demoDay(NOW_MS), 13.04).join('\n');
    expect(head).toContain('on 1995-07-27');
    expect(head).toContain(
      'that day of 1995 has been moved in time: it begins now, at 2026-05-01T13:30:00Z, and ends at 2026-05-02T13:30:00Z',
    );
    expect(head).toContain('13.0 requests');
  });
});
