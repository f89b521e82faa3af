import { describe, expect, it } from '@jest/globals';
import type { OpenAccount } from './account.ts';
import { groupNamed } from './samples.ts';

/** What an account can still launch. */
export function headroomContract(open: OpenAccount): void {
  describe('headroom', () => {
    it('is told in whole units with figures for people, and what is not known is named', async () => {
      const account = open();
      const group = await account.addGroup({ minSize: 1, maxSize: 6, desired: 2 });
      const { limits, unknown } = await account.ports.headroom.headroom(group);
      for (const limit of limits) {
        expect(Number.isInteger(limit.units) && limit.units >= 0).toBe(true);
        expect(limit.said).toMatch(/\d/);
      }
      for (const why of unknown) expect(why).toMatch(/[a-z]{3}/);
    });

    it('of a group that does not exist limits nothing, and says so', async () => {
      const { limits, unknown } = await open().ports.headroom.headroom(groupNamed('prescale-no-such-group'));
      expect({ limits, unknown }).toEqual({ limits: [], unknown: ['there is no group "prescale-no-such-group"'] });
    });
  });
}
