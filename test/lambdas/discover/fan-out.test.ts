import { describe, expect, it } from '@jest/globals';
import { makeFanOut } from '../../../lambdas/discover/fan-out.ts';
import { unlessAhead } from '../../../lambdas/discover/unless-ahead.ts';
import type { RunClock } from '../../../lambdas/shared/clock.ts';
import type { RunContext } from '../../../lambdas/shared/run-context.ts';
import type { GroupId, GroupReader, TaggedGroup, TickMessage } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';
import { recordedVoice } from '../recorded-voice.ts';

const groupNamed = (name: string): GroupId => ({ arn: `arn:${name}`, name, account: '1', region: 'r' });

function worldOf(tagged: readonly TaggedGroup[]) {
  const sent: TickMessage[] = [];
  const groups: GroupReader = {
    async *tagged() {
      yield* tagged;
    },
    describe: async () => new Map(),
    surroundings: async () => {
      throw new Error('discovery looks at no surroundings');
    },
  };
  const ports = {
    groups,
    queue: {
      async send(messages: readonly TickMessage[]) {
        sent.push(...messages);
      },
    },
  };
  return { ports, sent };
}

const TURN = '2026-03-29T01:00:00Z';
const context: RunContext = {
  invokedFunctionArn: 'arn:aws:lambda:r:1:function:discover',
  getRemainingTimeInMillis: () => 9000,
};

/** The function one second after the turn. */
function discovery(tagged: readonly TaggedGroup[]) {
  const { ports, sent } = worldOf(tagged);
  const recorded = recordedVoice();
  const clock: RunClock = { wall: () => instant(Date.parse(TURN) + 1000), begin: () => {} };
  const fanOut = makeFanOut({ ports, clock, voice: recorded.voice });
  const guarded = unlessAhead({ clock, voice: recorded.voice }, fanOut);
  return { ...recorded, sent, fanOut: (event: unknown) => guarded(event, context) };
}

describe('discovery', () => {
  it('asks for a tick of each tagged group at the time of the event', async () => {
    const { fanOut, sent, counts } = discovery(
      ['web', 'api'].map((name) => ({ group: groupNamed(name), policyName: `${name}-p` })),
    );
    await fanOut({ source: 'aws.events', time: TURN, detail: {} });
    expect(sent.map(({ group, policyName, asOfMs, fleetSize }) => [group.name, policyName, asOfMs, fleetSize])).toEqual(
      [
        ['web', 'web-p', Date.UTC(2026, 2, 29, 1), 2],
        ['api', 'api-p', Date.UTC(2026, 2, 29, 1), 2],
      ],
    );
    expect(counts.get('GroupsDiscovered')).toBe(2);
    // The ticks that follow are the sign of life; discovery alone is not.
    expect(counts.has('Heartbeat')).toBe(false);
  });

  it('is the sign of life itself where there is no group to tick', async () => {
    const { fanOut, counts } = discovery([]);
    await fanOut({ time: TURN });
    expect(counts.get('Heartbeat')).toBe(1);
  });

  it.each([{ tagged: 0 }, { tagged: 1 }])(
    'drops an event of a time that has not come, as an error and no sign of life, with $tagged groups',
    async ({ tagged }) => {
      const groups = Array.from({ length: tagged }, () => ({ group: groupNamed('web'), policyName: 'p' }));
      const { fanOut, sent, counts, said } = discovery(groups);
      expect(await fanOut({ time: '2027-03-29T01:00:00Z' })).toEqual({ groups: 0 });
      expect(sent).toEqual([]);
      expect(Object.fromEntries(counts)).toEqual({ EventsAhead: 1 });
      const reason = 'its time is 31535999 s ahead of the clock, at most 60 s are accepted: it is dropped';
      expect(said).toMatchObject([{ level: 'error', facts: { asOf: '2027-03-29T01:00:00Z', reason } }]);
    },
  );

  it('drops it before anything remembers that it came', async () => {
    const { voice } = recordedVoice();
    const clock: RunClock = { wall: () => instant(Date.parse(TURN)), begin: () => {} };
    const reached: unknown[] = [];
    const guarded = unlessAhead({ voice, clock }, async (event: unknown, _context: RunContext) => reached.push(event));
    await guarded({ time: '2026-03-29T01:05:00Z' }, context);
    await guarded({ time: TURN }, context);
    expect(reached).toEqual([{ time: TURN }]);
  });

  it('lets the run itself set the clock of a rehearsal', async () => {
    const begun: unknown[] = [];
    const { ports } = worldOf([]);
    const clock: RunClock = { wall: () => instant(0), begin: (...given) => begun.push(given) };
    await makeFanOut({ ports, clock, voice: recordedVoice().voice })({ time: '1970-01-01T00:00:30Z' }, context);
    expect(begun).toEqual([[30_000, context.invokedFunctionArn]]);
  });

  it.each([
    { case: 'an event without a time', event: {} },
    { case: 'a time that is no instant', event: { time: 'yesterday' } },
    { case: 'a time without a zone', event: { time: '2026-03-29T01:00:00' } },
    { case: 'nothing', event: undefined },
  ])('refuses $case', async ({ event }) => {
    await expect(discovery([]).fanOut(event)).rejects.toThrow(/needs "time"/);
  });
});
