import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePorts } from '../../../tools/emulator/ports.ts';
import { EmulatorError, serverGroup } from '../../../tools/emulator/servers.ts';

/** A server that starts a child of its own, writes both process ids, and answers. */
const SERVER = `
  const child = require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
  const [, port, file] = process.argv;
  require('node:http').createServer((_, response) => response.end('ok')).listen(Number(port), '127.0.0.1', () => {
    require('node:fs').writeFileSync(file, JSON.stringify([process.pid, child.pid]));
  });
`;

/** A process that ended but was not yet collected; where there is no /proc, none is taken for one. */
const isZombie = (pid: number): boolean => {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8'));
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
};

const eventually = async (holds: () => boolean): Promise<boolean> => {
  for (let attempt = 0; attempt < 200 && !holds(); attempt += 1) await sleep(50);
  return holds();
};

describe('serverGroup', () => {
  let folder = '';
  let pidFile = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prescale-servers-'));
    pidFile = join(folder, 'pids.json');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const pids = (): number[] => JSON.parse(readFileSync(pidFile, 'utf8'));

  const plan = async (script: string) => {
    const [port = 0] = await freePorts(1);
    const args = ['-e', script, String(port), pidFile];
    const env = { PATH: process.env['PATH'] ?? '' };
    return { name: 'server', command: process.execPath, args, env, healthUrl: `http://127.0.0.1:${port}/` };
  };

  it('ends a server and what the server started, and removes the directory', async () => {
    const directory = join(folder, 'run');
    const group = serverGroup(directory);
    await group.start(await plan(SERVER));
    const running = pids();
    const before = running.map(alive);
    await group.stop();
    expect([before, running.map(alive), existsSync(directory)]).toEqual([[true, true], [false, false], false]);
  });

  it('may be stopped twice', async () => {
    const group = serverGroup(join(folder, 'run'));
    await group.stop();
    await expect(group.stop()).resolves.toBeUndefined();
  });

  it('ends a group that it was given, and leaves alone one that was taken back', async () => {
    const group = serverGroup(join(folder, 'run'));
    const [given, takenBack] = [0, 1].map(() => spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).pid ?? 0);
    group.adopt(given ?? 0);
    group.adopt(takenBack ?? 0)();
    await group.stop();
    const left = [given, takenBack].map((pid) => alive(pid ?? 0));
    process.kill(takenBack ?? 0, 'SIGKILL');
    expect(left).toEqual([false, true]);
  });

  it('says what a server wrote when it ends before it is ready', async () => {
    const group = serverGroup(join(folder, 'run'));
    const failing = group.start(await plan("console.error('the port is taken'); process.exit(3)"));
    await expect(failing).rejects.toThrow(EmulatorError);
    await expect(failing).rejects.toThrow(/server exited with 3.*\n.*the port is taken/);
    await group.stop();
  });

  it('says so when the program cannot be run', async () => {
    const group = serverGroup(join(folder, 'run'));
    const failing = group.start({ ...(await plan(SERVER)), command: join(folder, 'absent') });
    await expect(failing).rejects.toThrow('could not be run');
    await group.stop();
  });

  it('ends everything when its starter is killed outright', async () => {
    const directory = join(folder, 'run');
    const source = new URL('../../../tools/emulator/servers.ts', import.meta.url).href;
    const starter = join(folder, 'starter.mjs');
    writeFileSync(
      starter,
      `import { serverGroup } from ${JSON.stringify(source)};
       await serverGroup(${JSON.stringify(directory)}).start(${JSON.stringify(await plan(SERVER))});
       process.stdout.write('ready');
       setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, [starter], { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const running = pids();
    child.kill('SIGKILL');
    const ended = await eventually(() => !running.some(alive) && !existsSync(directory));
    expect([running.length, ended]).toEqual([2, true]);
  }, 30_000);
});
