import { describe, expect, it } from '@jest/globals';
import { nowMs, policy } from '../../loop/fixtures.ts';
import { prescale } from '../run-prescale.ts';
import { smallGroup, smallWorld } from '../small-world.ts';

const HOUR_MS = 3_600_000;

describe('prescale pause, resume and release', () => {
  it('pauses everything for four hours unless it is told otherwise', async () => {
    const world = smallWorld({ web: smallGroup() });
    const { code, out } = await prescale(['pause'], world.controller);
    expect(code).toBe(0);
    expect(world.switches.get('account')).toEqual({
      verb: 'freeze',
      untilMs: nowMs + 4 * HOUR_MS,
      reason: 'paused by hand',
    });
    expect(out).toContain('freeze until 2026-01-01T04:02:00Z');
  });

  it('pauses one group, for a time and a reason that a person gives', async () => {
    const world = smallWorld({ web: smallGroup() });
    await prescale(['pause', '--group', 'web', '--for', '90m', '--reason', 'migration'], world.controller);
    expect(world.switches.get('web')).toEqual({ verb: 'freeze', untilMs: nowMs + 1.5 * HOUR_MS, reason: 'migration' });
    expect(world.switches.has('account')).toBe(false);
  });

  it.each([
    { verb: 'resume', written: 'run' },
    { verb: 'release', written: 'release' },
  ])('$verb writes $written without an end', async ({ verb, written }) => {
    const world = smallWorld({ web: smallGroup() });
    await prescale([verb], world.controller);
    expect(world.switches.get('account')).toMatchObject({ verb: written, untilMs: undefined });
  });

  it('says when the account’s own switch is stricter than what was set for a group', async () => {
    const world = smallWorld({ web: smallGroup() });
    world.switches.set('account', { verb: 'release', untilMs: undefined, reason: 'audit' });
    const { notes, out } = await prescale(['resume', '--group', 'web'], world.controller);
    expect(notes).toContain("the account's own switch says release (audit)");
    expect(out).toContain('group web: run');
  });

  it('says at a release which groups have no way home, because they are in mode desired', async () => {
    const world = smallWorld({ api: smallGroup(), web: smallGroup(), old: smallGroup({ tagged: false }) });
    world.policy = policy({ mode: 'desired' });
    const { code, notes } = await prescale(['release'], world.controller);
    expect(code).toBe(0);
    expect(notes).toMatch(/mode desired has no way home\. DesiredCapacity stays .*: api, web\n$/);
    expect((await prescale(['release', '--group', 'web'], world.controller)).notes).toMatch(/: web\n$/);
    const { out } = await prescale(['release', '--json'], world.controller);
    expect(JSON.parse(out)).toMatchObject({ verb: 'release', withoutHome: ['api', 'web'] });
  });

  it('says nothing of that where a floor goes home, and releases all the same where no policy can be read', async () => {
    const world = smallWorld({ web: smallGroup() });
    expect((await prescale(['release'], world.controller)).notes).toBe('');
    world.policy = undefined;
    const { code, notes } = await prescale(['release'], world.controller);
    expect({ code, notes }).toEqual({ code: 0, notes: '' });
    expect(world.switches.get('account')).toMatchObject({ verb: 'release' });
  });

  it('answers with JSON alone when asked to', async () => {
    const world = smallWorld({ web: smallGroup() });
    const { out, notes } = await prescale(['pause', '--group', 'web', '--for', '1h', '--json'], world.controller);
    expect(notes).toBe('');
    expect(JSON.parse(out)).toEqual({
      scope: 'web',
      verb: 'freeze',
      effective: 'freeze',
      until: '2026-01-01T01:02:00Z',
      reason: 'paused by hand',
    });
  });

  it.each([
    { case: 'a group that nobody knows', args: ['pause', '--group', 'wbe'], said: '"wbe" neither carries the tag' },
    { case: 'a time that is none', args: ['pause', '--for', 'soon'], said: '--for: "soon"' },
    {
      case: 'a time of centuries',
      args: ['pause', '--for', '99999d'],
      said: '--for: "99999d" is not a duration from 1s to 31d',
    },
    { case: 'a region that is none', args: ['pause', '--region', 'nowhere-9'], said: '--region: "nowhere-9"' },
    { case: 'a path that is none', args: ['pause', '--prefix', 'prescale'], said: '--prefix: "prescale"' },
  ])('refuses $case and writes nothing', async ({ args, said }) => {
    const world = smallWorld({ web: smallGroup() });
    const { code, notes } = await prescale(args, world.controller);
    expect(code).toBe(2);
    expect(notes).toContain(said);
    expect(world.switches.size).toBe(0);
  });
});
