import { describe, expect, it } from '@jest/globals';
import { type LearnedLead, newRuntimeState } from '../../../loop/runtime-state.ts';
import { units } from '../../../models/kernel/units.ts';
import { policy } from '../../loop/fixtures.ts';
import { prescale } from '../run-prescale.ts';
import { type SmallGroup, type SmallWorld, smallGroup, smallWorld } from '../small-world.ts';

interface Seen {
  readonly name: string;
  readonly verdict: string;
  readonly finding: string;
  readonly remedy?: string;
}

const worldOf = (change: Partial<SmallGroup> = {}): SmallWorld => smallWorld({ web: smallGroup(change) });

/** The finding of that name. */
async function found(world: SmallWorld, name: string): Promise<Seen | undefined> {
  const { out } = await prescale(['doctor', '--json'], world.controller);
  const checks: readonly Seen[] = JSON.parse(out).checks;
  return checks.find((check) => check.name === name);
}

describe('prescale doctor, of launches', () => {
  /** What is remembered of a group that has booted ten times, each time so long. */
  const booted = (seconds: number, lead?: LearnedLead): Partial<SmallGroup> => ({
    state: {
      ...newRuntimeState(),
      launches: {
        bootSeconds: Array.from({ length: 10 }, () => seconds),
        readUntilMs: 0,
        lookedMs: 0,
        unread: false,
        inService: units(10),
        lead,
      },
    },
  });
  const learned = { configuredSeconds: 300, inForceSeconds: 600, sinceMs: 0 };

  it.each([
    { case: 'none were seen', change: {}, verdict: 'good', said: '0 boots have been seen, five are needed' },
    {
      case: 'they are as the policy says',
      change: booted(310),
      verdict: 'good',
      said: 'the policy says 300 s; nine in ten of 10 boots took at most 310 s',
    },
    {
      case: 'they are slower, and no model is there yet',
      change: booted(600),
      verdict: 'note',
      said: 'the policy says 300 s, but nine in ten of 10 boots took at most 600 s',
    },
    {
      case: 'the measured time is in force',
      change: booted(600, learned),
      verdict: 'good',
      said: '600 s are planned with as measured',
    },
  ])('tells how long boots take where $case', async ({ change, verdict, said }) => {
    expect(await found(worldOf(change), 'boot time')).toMatchObject({
      verdict,
      finding: expect.stringContaining(said),
    });
  });

  it('says which figure to write where boots are slower and the policy does not measure', async () => {
    const world = worldOf(booted(600));
    world.policy = policy({ lead: { measure: false } });
    expect((await found(world, 'boot time'))?.remedy).toBe('set lead.bootSeconds to 600, or lead.measure to true');
  });

  it.each([
    {
      case: 'there is room for all',
      headroom: { limits: [{ of: 'vcpu-quota', units: units(30), said: '4 of 64 vCPU are in use' }], unknown: [] },
      verdict: 'good',
      said: 'room for the 30 units up to MaxSize',
    },
    {
      case: 'the quota ends below MaxSize',
      headroom: { limits: [{ of: 'vcpu-quota', units: units(29), said: '6 of 64 vCPU are in use' }], unknown: [] },
      verdict: 'note',
      said: 'up to MaxSize 30 units are missing, and 29 can be launched: 6 of 64 vCPU are in use',
    },
    {
      case: 'it cannot be told',
      headroom: { limits: [], unknown: ['DescribeSubnets failed: UnauthorizedOperation'] },
      verdict: 'note',
      said: 'DescribeSubnets failed',
    },
  ] as const)('tells what the account can still launch where $case', async ({ headroom, verdict, said }) => {
    const world = worldOf();
    world.headroom = headroom;
    expect(await found(world, 'headroom')).toMatchObject({ verdict, finding: expect.stringContaining(said) });
  });
});
