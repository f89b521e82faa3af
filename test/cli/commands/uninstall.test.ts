import { describe, expect, it } from '@jest/globals';
import { newRuntimeState } from '../../../loop/runtime-state.ts';
import { units } from '../../../models/kernel/units.ts';
import { nowMs, policy, snapshot, surroundings } from '../../loop/fixtures.ts';
import { entry } from '../ledger-records.ts';
import { prescale } from '../run-prescale.ts';
import { raised, smallGroup, smallWorld } from '../small-world.ts';

describe('prescale uninstall', () => {
  it('refuses without --yes and says how to look first', async () => {
    const world = smallWorld({ web: raised() });
    const { code, notes } = await prescale(['uninstall'], world.controller);
    expect(code).toBe(2);
    expect(notes).toContain('--dry-run');
    expect(world.writes).toEqual([]);
  });

  it('says which groups stay at the capacity that was set last, because mode desired has no way home', async () => {
    const world = smallWorld({ web: smallGroup() });
    expect((await prescale(['uninstall', '--dry-run'], world.controller)).notes).not.toContain('no way home');
    world.policy = policy({ mode: 'desired' });
    expect((await prescale(['uninstall', '--dry-run'], world.controller)).notes).toMatch(/no way home\. .*: web\n$/);
  });

  it('lists what it would do with --dry-run and does nothing', async () => {
    const world = smallWorld({ web: raised() });
    const { code, out } = await prescale(['uninstall', '--dry-run', '--json'], world.controller);
    expect(code).toBe(0);
    expect(JSON.parse(out).groups).toEqual([
      {
        group: 'web',
        result: 'planned',
        steps: ['MinSize back to 2', 'scheduled action prescale-home removed', 'tag prescale:owner removed'],
      },
    ]);
    expect(world.writes).toEqual([]);
    expect(world.switches.size).toBe(0);
  });

  it('restores the floor before it disarms and disowns, and forgets the group', async () => {
    const world = smallWorld({ web: raised() });
    const { code } = await prescale(['uninstall', '--yes'], world.controller);
    expect(code).toBe(0);
    expect(world.writes).toEqual(['web: MinSize 2', 'web: disarm prescale-home', 'web: disown']);
    expect(world.groups.get('web')?.state).toBeUndefined();
  });

  it('stops new raises first: the account’s switch says release', async () => {
    const world = smallWorld({ web: raised() });
    await prescale(['uninstall', '--yes'], world.controller);
    expect(world.switches.get('account')?.verb).toBe('release');
  });

  it('finds groups that have lost their policy tag', async () => {
    const world = smallWorld({ web: raised({ tagged: false }) });
    await prescale(['uninstall', '--yes'], world.controller);
    expect(world.writes).toContain('web: MinSize 2');
  });

  it('leaves a MinSize alone that somebody else has set meanwhile', async () => {
    const changed = snapshot({ minSize: units(5), tags: { 'prescale:owner': 'x' } });
    const world = smallWorld({ web: raised({ snapshot: { ...changed, tags: raised().snapshot?.tags ?? {} } }) });
    await prescale(['uninstall', '--yes'], world.controller);
    expect(world.writes).toEqual(['web: disarm prescale-home', 'web: disown']);
  });

  it('gives back a floor that only the ledger explains, left by a tick that died', async () => {
    const world = smallWorld({
      web: raised({ state: { ...newRuntimeState(), base: units(2), lastAsOfMs: nowMs - 600_000 } }),
    });
    const decision = entry({ asOfMs: nowMs - 300_000 });
    const found = { ...decision.groupFound!, base: units(2) };
    world.records.push({
      decision: { ...decision, groupFound: found, action: { ...decision.action, floor: units(8) } },
      outcome: undefined,
      confirm: undefined,
    });
    await prescale(['uninstall', '--yes'], world.controller);
    expect(world.writes[0]).toBe('web: MinSize 2');
  });

  it('does not touch a group that another controller owns', async () => {
    const foreign = snapshot({ minSize: units(8), tags: { 'prescale:owner': 'another' } });
    const world = smallWorld({ web: raised({ snapshot: foreign }) });
    const { code } = await prescale(['uninstall', '--yes'], world.controller);
    expect(code).toBe(0);
    expect(world.writes).toEqual([]);
  });

  it('has nothing to give back for a group that was only observed', async () => {
    const world = smallWorld({ web: smallGroup() });
    const { out } = await prescale(['uninstall', '--yes', '--json'], world.controller);
    expect(JSON.parse(out).groups).toEqual([{ group: 'web', result: 'nothing', steps: [] }]);
  });

  it.each([
    { case: 'AWS refuses the floor', change: { refused: 'MinSize' }, said: 'ResourceContention' },
    {
      case: 'somebody undoes the floor at once',
      change: { undone: 'MinSize' },
      said: 'reads 8 after it was set to 2',
    },
  ])('fails and keeps what it remembers when $case', async ({ change, said }) => {
    const world = Object.assign(smallWorld({ web: raised() }), change);
    const { code, out } = await prescale(['uninstall', '--yes'], world.controller);
    expect(code).toBe(1);
    expect(out).toContain(said);
    expect(world.groups.get('web')?.state?.lastFloor).toBe(8);
  });

  it('takes the neighbours home all the same when a tick is at work on one group', async () => {
    const world = smallWorld({ busy: raised({ leasedBy: 'tick' }), web: raised() });
    const { code, out } = await prescale(['uninstall', '--yes', '--json'], world.controller);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ failed: 1, groups: [{ result: 'failed' }, { result: 'left' }] });
  });

  it('removes a switch that still stands although nothing is remembered of it', async () => {
    const world = smallWorld({ web: smallGroup({ around: surroundings(raised().around) }) });
    await prescale(['uninstall', '--yes'], world.controller);
    expect(world.writes).toEqual(['web: disarm prescale-home']);
  });
});
