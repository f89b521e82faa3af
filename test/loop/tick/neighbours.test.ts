import { describe, expect, it } from '@jest/globals';
import { discover } from '../../../loop/discover.ts';
import { type Account, controlledAccount, metricOf, START_MS } from './controlled-account.ts';

/** Three groups that need ten; in the middle one something is wrong. */
const batch = (): Account => controlledAccount(['web', 'sick', 'api'].map((name) => ({ name, needs: () => 10 })));

const floors = ({ world }: Account, names: readonly string[]): readonly number[] =>
  names.map((name) => world.group(name).sizes.min);

const sicknesses = [
  {
    case: 'its metric cannot be read',
    status: 'held',
    reason: /blind/,
    infect: ({ world }: Account) => world.metrics.breakMetric(metricOf('sick'), 'not authorised'),
  },
  {
    case: 'its policy is not JSON',
    status: 'refused',
    reason: /not JSON/,
    infect: ({ world }: Account) => world.policies.putText('sick', '{"version": 1,'),
  },
  {
    case: 'its policy has an unknown key',
    status: 'refused',
    reason: /unknown key "minimum"/,
    infect: ({ world }: Account) => world.policies.putText('sick', '{"version": 1, "minimum": 3}'),
  },
  {
    case: 'it is gone',
    status: 'refused',
    reason: /no Auto Scaling group "sick"/,
    infect: ({ world }: Account) => world.groups.remove('sick'),
  },
  {
    case: 'another controller owns it',
    status: 'refused',
    reason: /owned by the controller "rival"/,
    infect: ({ world }: Account) => world.group('sick').tag('prescale:owner', 'rival'),
  },
  {
    case: 'Cluster Autoscaler scales it',
    status: 'refused',
    reason: /belongs to Cluster Autoscaler/,
    infect: ({ world }: Account) => world.group('sick').tag('k8s.io/cluster-autoscaler/enabled', 'true'),
  },
  {
    case: 'its MinSize is its MaxSize',
    status: 'refused',
    reason: /no room to scale/,
    infect: ({ world }: Account) => void world.group('sick').update({ min: 4, max: 4 }, world.nowMs),
  },
  {
    case: 'AWS refuses to write to it',
    status: 'refused',
    reason: /refused \(ScalingActivityInProgress\)/,
    // The first group claims first; the second call is the sick one's.
    infect: ({ world }: Account) => world.failNext('claim', { code: 'ScalingActivityInProgress', after: 1 }),
  },
] as const;

describe('the neighbours in a batch', () => {
  it.each(sicknesses)(
    'are served when of one group $case; its reason is in the ledger',
    async ({ status, reason, infect }) => {
      const account = batch();
      infect(account);
      const outcomes = await account.deliver();
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['acted', status, 'acted']);
      expect(floors(account, ['web', 'api'])).toEqual([10, 10]);
      expect(account.writes.filter((write) => write.startsWith('sick'))).toEqual([]);

      const record = await account.world.ledger.at(account.idOf('sick'), account.world.nowMs);
      const said = [...(record?.decision.decision?.reasons ?? []), ...(record?.outcome?.reasons ?? [])].join();
      expect(said).toMatch(reason);
      expect(record?.outcome?.status).toBe(status);
    },
  );

  it.each([
    { case: 'its state cannot be leased', point: 'begin' },
    { case: 'its policy cannot be fetched', point: 'policies.read' },
    { case: 'its history cannot be read', point: 'history.read' },
    { case: 'its inputs cannot be archived', point: 'archive.put' },
    { case: 'its intent cannot be written down', point: 'intend' },
  ] as const)('are served when for one group $case; that one alone is tried again', async ({ point }) => {
    const account = batch();
    account.world.failNext(point, { code: 'InternalFailure', after: 1 });
    const outcomes = await account.deliver();
    expect(outcomes.map(({ status, retry }) => [status, retry])).toEqual([
      ['acted', false],
      ['failed', true],
      ['acted', false],
    ]);
    expect(floors(account, ['web', 'sick', 'api'])).toEqual([10, 2, 10]);
    await account.deliver({ names: ['sick'] });
    expect(floors(account, ['sick'])).toEqual([10]);
  });

  it('with a policy of their own each go their own way', async () => {
    const needs = () => 10;
    const account = controlledAccount([
      { name: 'web', needs },
      { name: 'watched', needs, policy: { mode: 'observe' } },
      { name: 'big', needs: () => 20, group: { desired: 20 } },
    ]);
    const outcomes = await account.deliver();
    expect(outcomes.map(({ status }) => status)).toEqual(['acted', 'recorded', 'acted']);
    expect(floors(account, ['web', 'watched', 'big'])).toEqual([10, 2, 20]);
  });
});

describe('a group that nobody handed over', () => {
  it('gets no tick', async () => {
    const account = batch();
    account.world.group('sick').untag('prescale:policy');
    const queue = account.world.ticks;
    await discover(account.world.nowMs, { groups: account.ports.groups, queue });
    const messages = queue.take();
    expect(messages.map(({ group }) => group.name)).toEqual(['web', 'api']);
    expect(messages.map(({ fleetSize, asOfMs }) => [fleetSize, asOfMs])).toEqual([
      [2, START_MS],
      [2, START_MS],
    ]);
  });
});

describe('a second controller in the same account', () => {
  it('refuses the group of the first for good, and nobody fights over it', async () => {
    const account = batch();
    await account.deliver();
    const { writes } = account;
    const before = writes.length;
    account.world.group('web').tag('prescale:owner', 'the second');
    account.pass(20);
    const [outcome] = await account.deliver({ names: ['web'] });
    expect(outcome?.status).toBe('refused');
    expect(writes).toHaveLength(before);
  });
});
