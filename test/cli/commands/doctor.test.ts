import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newRuntimeState } from '../../../loop/runtime-state.ts';
import type { Samples } from '../../../models/clean/load.ts';
import { instant } from '../../../models/kernel/series.ts';
import { nowMs, policy, snapshot, surroundings } from '../../loop/fixtures.ts';
import { prescale } from '../run-prescale.ts';
import { OWNER, raised, type SmallGroup, type SmallWorld, smallGroup, smallWorld } from '../small-world.ts';

const STEP_MS = 300_000;

/** Two hours of five-minute samples whose newest period ended `behind` steps before now. */
const samples = (value: number, behind = 1): Samples => {
  const newest = Math.floor(nowMs / STEP_MS) * STEP_MS - behind * STEP_MS;
  const timestampsMs = Float64Array.from({ length: 24 }, (_, i) => newest - (23 - i) * STEP_MS);
  return { timestampsMs, values: new Float64Array(24).fill(value) };
};

/** A world in which nothing is wrong: ten units are needed and ten are there. */
function healthy(change: Partial<SmallGroup> = {}): SmallWorld {
  const world = smallWorld({ web: smallGroup(change) });
  world.metrics.set('Requests', samples(10 * 0.8 * 300));
  world.metrics.set('Heartbeat', samples(1));
  return world;
}

interface Seen {
  readonly name: string;
  readonly verdict: string;
  readonly finding: string;
  readonly remedy?: string;
}

async function examined(world: SmallWorld): Promise<{ code: number; of: (name: string) => Seen | undefined }> {
  const { code, out } = await prescale(['doctor', '--json'], world.controller);
  const checks: readonly Seen[] = JSON.parse(out).checks;
  return { code, of: (name) => checks.find((check) => check.name === name) };
}

describe('prescale doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { code, out } = await prescale(['doctor'], healthy().controller);
    expect(out).toContain('nothing is wrong');
    expect(out).not.toContain('WRONG');
    expect(code).toBe(0);
  });

  it.each([
    {
      case: 'good after a run of the last night',
      hours: 9,
      verdict: 'good',
      said: 'the last run of learn succeeded 9 h ago',
    },
    { case: 'wrong once a run is missing', hours: 30, verdict: 'bad', said: '30 h ago, and one is due every day' },
    { case: 'only noted where there was none yet', hours: undefined, verdict: 'note', said: 'within 72 h' },
  ])('finds learning $case', async ({ hours, verdict, said }) => {
    const world = healthy();
    if (hours !== undefined) {
      const timestampsMs = Float64Array.of(nowMs - hours * 3_600_000);
      world.metrics.set('ExecutionsSucceeded', { timestampsMs, values: Float64Array.of(1) });
    }
    const { of } = await examined(world);
    expect(of('learn')).toMatchObject({ verdict, finding: expect.stringContaining(said) });
  });

  it('says that nobody is signed in as a finding, with status 1', async () => {
    const { code, out } = await prescale(['doctor']);
    expect(code).toBe(1);
    expect(out).toContain('no AWS credentials');
  });

  it.each([
    {
      case: 'another controller owns it',
      change: { snapshot: snapshot({ tags: { 'prescale:owner': 'b' } }) },
      name: 'admission',
      said: 'owned by the controller "b"',
    },
    {
      case: 'there is no room',
      change: { snapshot: snapshot({ maxSize: snapshot().minSize }) },
      name: 'admission',
      said: 'MinSize = MaxSize',
    },
    {
      case: 'nothing would scale in again',
      change: { around: surroundings({ hasScaleInPolicy: false }) },
      name: 'admission',
      said: 'capacity would never come down',
    },
    { case: 'the group is gone', change: { snapshot: undefined }, name: 'group', said: 'does not exist' },
  ])('calls it wrong when $case', async ({ change, name, said }) => {
    const { code, of } = await examined(healthy(change));
    expect(code).toBe(1);
    expect(of(name)).toMatchObject({
      verdict: 'bad',
      finding: expect.stringContaining(said),
      remedy: expect.any(String),
    });
  });

  it.each([
    {
      case: 'AWS predictive scaling on the group',
      change: { around: surroundings({ hasPredictivePolicy: true }) },
      name: 'predictive scaling',
      said: 'the higher wins',
    },
    {
      case: 'suspended processes',
      change: { snapshot: snapshot({ suspendedProcesses: ['AZRebalance'] }) },
      name: 'processes',
      said: 'AZRebalance',
    },
    {
      case: 'CloudFormation',
      change: { snapshot: snapshot({ tags: { 'aws:cloudformation:stack-name': 'shop' } }) },
      name: 'template',
      said: 'stack shop',
    },
    {
      case: 'Terraform',
      change: { snapshot: snapshot({ tags: { ManagedBy: 'terraform' } }) },
      name: 'template',
      said: 'Terraform',
    },
  ])('mentions $case without calling it wrong', async ({ change, name, said }) => {
    const { code, of } = await examined(healthy(change));
    expect(code).toBe(0);
    expect(of(name)).toMatchObject({ verdict: 'note', finding: expect.stringContaining(said) });
  });

  it.each([
    { case: 'is not there', load: undefined, said: 'no sample within 3 h' },
    { case: 'has stopped', load: samples(2400, 12), said: 'steps old' },
  ])('calls a metric that $case wrong', async ({ load, said }) => {
    const world = healthy();
    if (load === undefined) world.metrics.delete('Requests');
    else world.metrics.set('Requests', load);
    const { code, of } = await examined(world);
    expect(code).toBe(1);
    expect(of('metric')).toMatchObject({ verdict: 'bad', finding: expect.stringContaining(said) });
  });

  it('takes silence for a quiet night where the policy says so', async () => {
    const world = healthy();
    world.metrics.delete('Requests');
    world.policy = policy({
      load: { source: 'total', metric: policy().load.metric, missing: 'zero' },
    });
    expect((await examined(world)).of('metric')?.verdict).toBe('note');
  });

  it.each([
    { case: 'ten times too high', load: 80 },
    { case: 'ten times too low', load: 80_000 },
  ])('doubts a throughput that is $case', async ({ load }) => {
    const world = healthy();
    world.metrics.set('Requests', samples(load));
    expect((await examined(world)).of('throughput')).toMatchObject({ verdict: 'note', remedy: expect.any(String) });
  });

  it('calls a missing heartbeat wrong once groups are tagged', async () => {
    const world = healthy();
    world.metrics.delete('Heartbeat');
    const { code, of } = await examined(world);
    expect(code).toBe(1);
    expect(of('heartbeat')).toMatchObject({ verdict: 'bad' });
  });

  it('names the policy that cannot be used', async () => {
    const world = healthy();
    world.policy = undefined;
    expect((await examined(world)).of('policy')).toMatchObject({ verdict: 'bad', finding: 'no policy "web"' });
  });

  it('calls a policy of another cadence than the rule wrong, in the words of the loop', async () => {
    const { controller, ...world } = healthy();
    const installation = { ...controller.installation, everyMinutes: 1 };
    const { code, of } = await examined({ ...world, controller: { ...controller, installation } });
    expect(code).toBe(1);
    expect(of('cadence')).toMatchObject({
      verdict: 'bad',
      finding: expect.stringContaining("policy says cadenceSeconds 300, but this controller's rule runs every 1 min"),
    });
  });

  it.each([5, null, undefined])(
    'finds no fault with a cadence of 300 s where the rule runs every %s minutes',
    async (everyMinutes) => {
      const { controller, ...world } = healthy();
      const installation = { ...controller.installation, everyMinutes };
      const { of } = await examined({ ...world, controller: { ...controller, installation } });
      expect(of('cadence')?.verdict).toBe('good');
    },
  );

  it('says until when everything is paused', async () => {
    const world = healthy();
    world.switches.set('account', { verb: 'freeze', untilMs: instant(nowMs + 3_600_000), reason: 'audit' });
    expect((await examined(world)).of('switch')?.finding).toBe('freeze until 2026-01-01T01:02:00Z: audit');
  });

  it('sees that the dead-man’s switch of a raised floor is armed', async () => {
    expect((await examined(healthy(raised()))).of("dead-man's switch")).toMatchObject({
      verdict: 'good',
      finding: expect.stringContaining('goes back to 2'),
    });
  });

  it('calls a raised floor without its switch wrong and says how to go home by hand', async () => {
    const { code, of } = await examined(healthy(raised({ around: surroundings() })));
    expect(code).toBe(1);
    expect(of("dead-man's switch")?.remedy).toContain('--min-size 2');
  });

  it('notices a group that is owned although it lost its policy tag', async () => {
    const tags = { 'prescale:owner': OWNER };
    const world = healthy({ tagged: false, snapshot: snapshot({ tags }), state: newRuntimeState() });
    expect((await examined(world)).of('policy tag')?.remedy).toContain('prescale uninstall');
  });

  it('looks at one group alone when asked to', async () => {
    const world = healthy();
    world.groups.set('api', smallGroup({ snapshot: undefined }));
    const { code, out } = await prescale(['doctor', '--group', 'web', '--json'], world.controller);
    expect(code).toBe(0);
    expect(out).not.toContain('api","name":"group"');
  });
});

describe('prescale doctor --policy', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prescale-policy-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const written = (content: unknown): string => {
    const file = path.join(folder, 'web.json');
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  it('says what the document comes to, without an account', async () => {
    const { code, out } = await prescale(['doctor', '--policy', written(policy()), '--json']);
    expect(code).toBe(0);
    const { wrong, checks } = JSON.parse(out);
    expect(wrong).toBe(0);
    expect(checks.map(({ name }: Seen) => name)).toEqual(['policy', 'mode', 'lead', 'price', 'capacity']);
  });

  it('names every key that no policy has, and every value that none can have', async () => {
    const wrong = { ...policy(), nme: 'web', price: { ...policy().price, shortagePenalty: -1 } };
    const { code, notes } = await prescale(['doctor', '--policy', written(wrong)]);
    expect(code).toBe(2);
    expect(notes).toContain('nme');
    expect(notes).toContain('shortagePenalty');
  });

  it('refuses a file that is not there, and a group beside it', async () => {
    const missing = await prescale(['doctor', '--policy', path.join(folder, 'none.json')]);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.notes).toContain('none.json" cannot be read');
    expect((await prescale(['doctor', '--policy', 'a', '--group', 'b'])).code).toBe(2);
  });
});
