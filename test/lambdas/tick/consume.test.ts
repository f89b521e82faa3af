import { describe, expect, it } from '@jest/globals';
import type { RunContext } from '../../../lambdas/shared/run-context.ts';
import { makeConsumer } from '../../../lambdas/tick/consume.ts';
import type { Delivery, TickOutcome } from '../../../loop/tick.ts';
import { instant } from '../../../models/kernel/series.ts';
import { recordedVoice } from '../recorded-voice.ts';
import { drain, eventOf } from '../small-queue.ts';

const asOfMs = Date.UTC(2026, 0, 1);
const bodyOf = (name: string, at = asOfMs): string =>
  JSON.stringify({
    version: 1,
    group: { arn: `arn:${name}`, name, account: '1', region: 'r' },
    policyName: 'web',
    asOfMs: at,
    fleetSize: 2,
  });

const context: RunContext = {
  invokedFunctionArn: 'arn:aws:lambda:r:1:function:tick',
  getRemainingTimeInMillis: () => 9000,
};

type Ending = Pick<TickOutcome, 'status' | 'retry'>;
const acted: Ending = { status: 'acted', retry: false };
const failed: Ending = { status: 'failed', retry: true };

/** A loop in which each group ends its turns as it is told, one ending for each delivery, the last for ever. */
function scripted(endings: Readonly<Record<string, readonly Ending[]>>) {
  const { voice, said, counts } = recordedVoice();
  const turns: Delivery[] = [];
  let newest = 0;
  const begin = (newestMs: number): void => {
    newest = newestMs;
  };
  const consume = makeConsumer({
    voice,
    clock: { wall: () => instant(newest + 7000), begin },
    turn: async (deliveries) =>
      deliveries.flatMap((delivery): TickOutcome[] => {
        const { group, asOfMs } = delivery.message;
        const earlier = turns.filter(({ message }) => message.group.name === group.name).length;
        turns.push(delivery);
        const script = endings[group.name] ?? [];
        const ending = script[Math.min(earlier, script.length - 1)];
        return ending === undefined ? [] : [{ group, asOfMs, reason: 'as told', ...ending }];
      }),
  });
  return { consume: (event: Parameters<typeof consume>[0]) => consume(event, context), turns, said, counts };
}

describe('a batch of ticks', () => {
  it('names the messages whose turn failed, and no neighbour of theirs', async () => {
    const { consume, counts } = scripted({ web: [acted], api: [failed], jobs: [{ status: 'held', retry: false }] });
    expect(await consume(eventOf([bodyOf('web'), bodyOf('api'), bodyOf('jobs')]))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
    expect(Object.fromEntries(counts)).toEqual({
      TicksActed: 1,
      TicksHeld: 1,
      TicksRetried: 1,
      TicksFailed: 1,
      TurnLatenessSeconds: 7,
      Heartbeat: 1,
    });
  });

  it('names a message that nobody can read, without keeping its neighbours from their turn', async () => {
    const { consume, turns, counts } = scripted({ web: [acted] });
    expect(await consume(eventOf(['{"version":1}', bodyOf('web')]))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    expect(turns.map(({ message }) => message.group.name)).toEqual(['web']);
    expect(counts.get('MessagesMalformed')).toBe(1);
  });

  it('takes no turn at all when nobody can read anything', async () => {
    const { consume, turns, counts } = scripted({});
    expect(await consume(eventOf(['no', 'nor this']))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }],
    });
    expect(turns).toEqual([]);
    expect(counts.has('Heartbeat')).toBe(false);
  });

  it('delivers again what the loop said nothing of', async () => {
    const { consume } = scripted({ web: [acted] });
    expect(await consume(eventOf([bodyOf('web'), bodyOf('silent')]))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
  });

  it('shows no sign of life when every turn failed', async () => {
    const { consume, counts } = scripted({ web: [failed], api: [failed] });
    await consume(eventOf([bodyOf('web'), bodyOf('api')]));
    expect(counts.has('Heartbeat')).toBe(false);
    expect(counts.get('TicksRetried')).toBe(2);
  });

  it.each([
    { case: 'made way for newer ones', status: 'superseded' as const },
    { case: 'was of a time that has not come', status: 'ahead' as const },
    { case: 'found its group leased', status: 'leased' as const },
  ])('shows no sign of life when every turn $case', async ({ status }) => {
    const { consume, counts } = scripted({ web: [{ status, retry: false }] });
    await consume(eventOf([bodyOf('web')]));
    expect(counts.has('Heartbeat')).toBe(false);
  });

  it('says as an error, and counts, that a tick of a time that has not come was dropped', async () => {
    const { consume, counts, said } = scripted({ web: [{ status: 'ahead', retry: false }], api: [acted] });
    expect(await consume(eventOf([bodyOf('web'), bodyOf('api')]))).toEqual({ batchItemFailures: [] });
    expect(counts.get('EventsAhead')).toBe(1);
    expect(counts.get('Heartbeat')).toBe(1);
    expect(said.filter(({ level }) => level === 'error')).toMatchObject([{ facts: { group: 'web', status: 'ahead' } }]);
  });

  it('tells the oldest tick of a batch as its lateness', async () => {
    const { consume, counts } = scripted({ web: [acted], api: [acted] });
    await consume(eventOf([bodyOf('web'), bodyOf('api', asOfMs - 300_000)]));
    expect(counts.get('TurnLatenessSeconds')).toBe(307);
  });

  it('keeps apart two ticks of one group', async () => {
    const { consume } = scripted({ web: [acted, failed] });
    expect(await consume(eventOf([bodyOf('web'), bodyOf('web', asOfMs + 300_000)]))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
  });
});

describe('a message that comes again', () => {
  it('is the same holder, so that it may take up its own lease', async () => {
    const { consume, turns } = scripted({ api: [failed, acted] });
    expect(await drain(eventOf([bodyOf('web-less'), bodyOf('api')]), consume)).toEqual(['m0']);
    expect(turns.filter(({ message }) => message.group.name === 'api').map(({ holder }) => holder)).toEqual([
      'm1',
      'm1',
    ]);
  });

  it('is set aside after the third failure, and its neighbours had one turn each', async () => {
    const { consume, turns } = scripted({ web: [acted], api: [failed] });
    expect(await drain(eventOf([bodyOf('web'), bodyOf('api'), 'unreadable']), consume)).toEqual(['m1', 'm2']);
    expect(turns.map(({ message }) => message.group.name)).toEqual(['web', 'api', 'api', 'api']);
  });
});
