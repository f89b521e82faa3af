import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { liveThrough, released } from './live-through.ts';
import { type Day, randomDay, type Step } from './random-day.ts';
import type { WatchedGroup } from './watched-group.ts';

const SEED = 20_260_105;

/** A floor is raised, then no message comes for an hour: its switch fires, or would have, were it not suspended. */
const silent = (suspended: boolean): Day => {
  const calm: Step = { needs: 10, edit: null, mishaps: [], arrival: { kind: 'once' } };
  const edit = suspended ? ({ kind: 'suspend', processes: ['ScheduledActions'] } as const) : null;
  const silence = Array.from(
    { length: 12 },
    (_, i): Step => ({ ...calm, edit: i === 0 ? edit : null, arrival: { kind: 'never' } }),
  );
  return { mode: 'floor', expected: null, steps: [calm, calm, ...silence, calm] };
};

/** What has been seen on all days together. */
const seen = new Set<string>();

async function remember(group: WatchedGroup): Promise<void> {
  for (const { what } of group.watch.attempts) seen.add(`tried ${what}`);
  for (const { outcome } of group.group.firings) seen.add(`switch ${outcome}`);
  for (const { code } of group.world.telemetry.failures) seen.add(`failure ${code}`);
  for (const { decision, outcome } of await group.ledger()) {
    seen.add(`rule ${decision.decision?.rule}`);
    seen.add(`ended ${outcome?.status}`);
  }
}

describe('a day on which anything may happen', () => {
  it('breaks no promise, whatever fails, whoever edits and however messages arrive; a release leaves nothing of ours', async () => {
    await fc.assert(
      fc.asyncProperty(randomDay, async (day: Day) => {
        const { group, broken } = await liveThrough(day);
        await remember(group);
        expect(broken).toEqual([]);
        expect(await released(group, day.mode)).toEqual([]);
        expect(group.watch.violations).toEqual([]);
      }),
      { seed: SEED, numRuns: 100, examples: [[silent(false)], [silent(true)]] },
    );
  });

  it.each([
    ...['claim', 'arm', 'floor', 'desired', 'disarm'].map((what) => `tried ${what}`),
    ...['acted', 'held', 'refused', 'recorded', 'undefined'].map((status) => `ended ${status}`),
    ...['fired', 'suspended'].map((outcome) => `switch ${outcome}`),
    ...['CRASHED', 'AWS_THROTTLED', 'AWS_UNREACHABLE'].map((code) => `failure ${code}`),
    ...[
      'newsvendor',
      'reactive-floor',
      'step-limit',
      'scale-in-hold',
      'blind-home',
      'freeze',
      'release',
      'admission',
    ].map((rule) => `rule ${rule}`),
  ])('has this somewhere: %s', (what) => {
    expect([...seen]).toContain(what);
  });
});
