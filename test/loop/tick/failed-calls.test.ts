import { describe, expect, it } from '@jest/globals';
import { type Account, controlledAccount, metricOf } from './controlled-account.ts';

const NAMES = ['web', 'api'] as const;

const account = (): Account => controlledAccount(NAMES.map((name) => ({ name, needs: () => 10 })));

/** What telemetry was told of failures, as `<group>: <code>`. */
const failuresOf = ({ world }: Account): readonly string[] =>
  world.telemetry.failures.map(({ group, code }) => `${group.name}: ${code}`).sort();

/** AWS's code, and the one that alarms listen for. */
const CODES = [
  { aws: 'Throttling', code: 'AWS_THROTTLED' },
  { aws: 'InternalFailure', code: 'AWS_CALL' },
  { aws: 'ECONNRESET', code: 'AWS_UNREACHABLE' },
] as const;

describe.each(CODES)('a call that fails with $aws', ({ aws, code }) => {
  const failed = NAMES.map((name) => `${name}: ${code}`).sort();

  it('to the source of metrics is counted for each group, and each holds blind', async () => {
    const batch = account();
    batch.world.failNext('loads.read', { code: aws });
    expect((await batch.deliver()).map(({ status, retry }) => [status, retry])).toEqual(
      NAMES.map(() => ['held', false]),
    );
    for (const name of NAMES) {
      const { decision, load } = await batch.entryOf(name, batch.world.nowMs);
      expect(load?.freshUntilMs ?? null).toBeNull();
      expect(decision?.target).toBe(2);
    }
    expect(failuresOf(batch)).toEqual(failed);
  });

  it('that describes the groups fails each delivery on its own, and the next delivery does it', async () => {
    const batch = account();
    batch.world.failNext('describe', { code: aws });
    const outcomes = await batch.deliver();
    expect(outcomes.map(({ group, status, retry }) => [group.name, status, retry])).toEqual(
      NAMES.map((name) => [name, 'failed', true]),
    );
    expect(failuresOf(batch)).toEqual(failed);
    expect(batch.writes).toEqual([]);
    expect((await batch.deliver()).map(({ status }) => status)).toEqual(['acted', 'acted']);
  });

  it('to the switch board is counted, and the group holds as if frozen', async () => {
    const batch = account();
    batch.world.failNext('switches.read', { code: aws });
    expect((await batch.deliver({ names: ['web'] })).map(({ status }) => status)).toEqual(['held']);
    expect(failuresOf(batch)).toEqual([`web: ${code}`]);
  });
});

describe('a batch whose groups cannot be described', () => {
  it('loses none of the others: a group that is leased elsewhere, a tick that was overtaken', async () => {
    const batch = account();
    batch.pass(5);
    await batch.deliver({ names: ['api'] });
    batch.world.failNext('describe', { code: 'Throttling' });
    const older = await batch.deliver({ asOfMs: batch.world.nowMs - 300_000 });
    expect(older.map(({ group, status }) => [group.name, status])).toEqual([
      ['web', 'failed'],
      ['api', 'superseded'],
    ]);
  });
});

describe('a metric that the source refuses to read', () => {
  it('is counted for its own group alone', async () => {
    const batch = account();
    batch.world.metrics.breakMetric(metricOf('api'), 'InternalError');
    expect((await batch.deliver()).map(({ status }) => status)).toEqual(['acted', 'held']);
    expect(failuresOf(batch)).toEqual(['api: LOAD_UNREADABLE']);
  });
});
