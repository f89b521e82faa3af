import { describe, expect, it } from '@jest/globals';
import { listWorkloads } from '../../loop/list-workloads.ts';
import { controlledAccount, START_MS } from './tick/controlled-account.ts';

describe('the list of a run', () => {
  it('has one job for each policy, whichever of its groups is found first', async () => {
    const { ports } = controlledAccount([{ name: 'web-b' }, { name: 'web-a' }, { name: 'api' }]);
    const shared = {
      ...ports.groups,
      tagged: async function* () {
        for await (const found of ports.groups.tagged()) {
          yield found.group.name.startsWith('web') ? { ...found, policyName: 'web-b' } : found;
        }
      },
    };
    const { jobs, skipped } = await listWorkloads(START_MS, { groups: shared, policies: ports.policies });
    expect(jobs).toEqual([
      { policyName: 'api', workload: expect.any(String), groupName: 'api', asOfMs: START_MS, reason: 'daily' },
      { policyName: 'web-b', workload: expect.any(String), groupName: 'web-a', asOfMs: START_MS, reason: 'daily' },
    ]);
    expect(skipped).toEqual([]);
  });

  it('leaves out a policy that cannot be read, and says why', async () => {
    const { ports } = controlledAccount([{ name: 'web' }]);
    const strange = {
      ...ports.groups,
      tagged: async function* () {
        for await (const found of ports.groups.tagged()) yield { ...found, policyName: 'nobody-wrote-it' };
      },
    };
    const list = await listWorkloads(START_MS, { groups: strange, policies: ports.policies });
    expect(list).toMatchObject({ jobs: [], skipped: [{ policyName: 'nobody-wrote-it', reason: expect.any(String) }] });
  });
});
