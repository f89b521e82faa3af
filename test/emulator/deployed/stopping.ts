import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GroupId } from '../../../loop/ports.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { BASE, type GroupSeen, NEED } from './handed-groups.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Never waits by blocking: the gate may answer from this very process. Throws when the command fails. */
function prescale(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '' };
  return new Promise((done, failed) => {
    execFile(
      process.execPath,
      ['cli/main.ts', ...args],
      { cwd: root, env, timeout: 60_000 },
      (error, stdout, stderr) =>
        error === null ? done(stdout) : failed(new Error(`prescale ${args.join(' ')}: ${stderr}`)),
    );
  });
}

/** A person's word, given on the command line, reaches the deployed `tick` with its next turn. */
export function stoppingTests(open: () => DeployedStack): void {
  describe('a person who', () => {
    let stack: DeployedStack;
    let group: GroupId;
    let found: GroupSeen;

    beforeAll(async () => {
      stack = open();
      group = await stack.groups.handOver('stopped');
      found = await stack.groups.see(group);
    }, 30_000);
    afterAll(() => stack.groups.removeAll());

    const rule = async (): Promise<string | undefined> => (await stack.turn(group)).decision.decision?.rule;

    it('pauses is obeyed: the need is seen, and nothing is written', async () => {
      await prescale('pause', '--group', group.name, '--for', '1h');
      const { decision, outcome } = await stack.turn(group);
      expect(decision).toMatchObject({ needNow: NEED, decision: { rule: 'freeze', target: BASE } });
      expect(outcome.status).toBe('held');
      expect(await stack.groups.see(group)).toEqual(found);
    });

    it('resumes is obeyed: the floor is raised', async () => {
      await prescale('resume', '--group', group.name);
      await stack.turn(group);
      expect(await stack.groups.see(group)).toMatchObject({ minSize: NEED, scheduled: ['prescale-home'] });
    });

    it('releases is obeyed: the base is restored and the armed action removed', async () => {
      await prescale('release', '--group', group.name);
      expect(await rule()).toBe('release');
      expect(await stack.groups.see(group)).toMatchObject({ minSize: BASE, scheduled: [] });
    });

    it('has released finds it so after the next turn, whatever the load needs', async () => {
      expect(await rule()).toBe('release');
      expect(await stack.groups.see(group)).toMatchObject({ minSize: BASE, scheduled: [] });
    });
  });
}
