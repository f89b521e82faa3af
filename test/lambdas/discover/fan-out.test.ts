import { describe, expect, it } from '@jest/globals';
import { makeFanOut } from '../../../lambdas/discover/fan-out.ts';
import type { GroupId, GroupReader, TaggedGroup, TickMessage } from '../../../loop/ports.ts';
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

describe('discovery', () => {
  it('asks for a tick of each tagged group at the time of the event', async () => {
    const { ports, sent } = worldOf(
      ['web', 'api'].map((name) => ({ group: groupNamed(name), policyName: `${name}-p` })),
    );
    const { voice, counts } = recordedVoice();
    await makeFanOut({ ports, voice })({ source: 'aws.events', time: '2026-03-29T01:00:00Z', detail: {} });
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
    const { voice, counts } = recordedVoice();
    await makeFanOut({ ports: worldOf([]).ports, voice })({ time: '2026-03-29T01:00:00Z' });
    expect(counts.get('Heartbeat')).toBe(1);
  });

  it.each([
    { case: 'an event without a time', event: {} },
    { case: 'a time that is no instant', event: { time: 'yesterday' } },
    { case: 'a time without a zone', event: { time: '2026-03-29T01:00:00' } },
    { case: 'nothing', event: undefined },
  ])('refuses $case', async ({ event }) => {
    const { voice } = recordedVoice();
    await expect(makeFanOut({ ports: worldOf([]).ports, voice })(event)).rejects.toThrow(/needs "time"/);
  });
});
