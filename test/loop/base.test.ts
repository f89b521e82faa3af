import { describe, expect, it } from '@jest/globals';
import { findHome } from '../../loop/base.ts';
import { newRuntimeState } from '../../loop/runtime-state.ts';
import { units } from '../../models/kernel/units.ts';
import { snapshot } from './fixtures.ts';

const known = { ...newRuntimeState(), base: units(2) };
const armed = { name: 'prescale-home', startMs: 1000, minSize: units(2), base: units(2) };

describe('findHome', () => {
  it('takes the first MinSize it sees for the base', () => {
    expect(findHome(newRuntimeState(), snapshot({ minSize: units(3) }), 0)).toMatchObject({
      base: 3,
      noticed: undefined,
    });
  });

  it('keeps the base while the floor that it wrote stands', () => {
    const state = { ...known, lastFloor: units(8), armed };
    expect(findHome(state, snapshot({ minSize: units(8) }), 0)).toEqual({
      base: 2,
      ourFloor: 8,
      armed,
      noticed: undefined,
    });
  });

  it('takes a change by somebody else for the new base', () => {
    const home = findHome({ ...known, lastFloor: units(8), armed }, snapshot({ minSize: units(5) }), 0);
    expect(home).toMatchObject({ base: 5, ourFloor: undefined });
    expect(home.noticed).toBe('MinSize is 5, not the 8 written last: somebody changed it, new base');
  });

  it('takes a change by somebody else for the new base while its own floor is down', () => {
    expect(findHome(known, snapshot({ minSize: units(4) }), 0)).toMatchObject({ base: 4, ourFloor: undefined });
  });

  it("knows its own dead-man's switch when that has fired", () => {
    const home = findHome({ ...known, lastFloor: units(8), armed }, snapshot({ minSize: units(2) }), 2000);
    expect(home).toMatchObject({ base: 2, ourFloor: undefined, armed: undefined });
    expect(home.noticed).toBe("the dead-man's switch took the floor home to 2");
  });
});
