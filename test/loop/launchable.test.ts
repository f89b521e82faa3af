import { describe, expect, it } from '@jest/globals';
import type { HeadroomLimit } from '../../loop/headroom.ts';
import { reachable } from '../../loop/launchable.ts';
import { units } from '../../models/kernel/units.ts';

const limit = (of: HeadroomLimit['of'], left: number): HeadroomLimit => ({ of, units: units(left), said: `${left}` });
const there = { inService: units(4), pending: units(2) };

describe('reachable', () => {
  it('is what is there and what can still be launched', () => {
    const far = reachable({ limits: [limit('vcpu-quota', 3)], unknown: [] }, there, units(6));
    expect(far?.most).toBe(9);
  });

  it('is told by the tightest limit', () => {
    const limits = [limit('vcpu-quota', 9), limit('subnet-addresses', 1), limit('vcpu-quota', 4)];
    expect(reachable({ limits, unknown: [] }, there, units(6))).toMatchObject({
      most: 7,
      limit: { of: 'subnet-addresses' },
    });
  });

  it('is never less than what is ordered already', () => {
    expect(reachable({ limits: [limit('vcpu-quota', 0)], unknown: [] }, there, units(10))?.most).toBe(10);
  });

  it('is not limited by what nobody could tell', () => {
    expect(reachable({ limits: [], unknown: ['the quota is not published'] }, there, units(6))).toBeUndefined();
  });
});
