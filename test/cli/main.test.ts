import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** Nothing of the machine's own: no credentials, no region, no profile. */
const BARE = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const SIGNED_IN = { ...BARE, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** Far beyond what any of these takes; a process that hangs is killed, and its status is then no number. */
const HUNG_MS = 10_000;

const start = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): ChildProcess =>
  spawn(process.execPath, [MAIN, ...args], { env, timeout: HUNG_MS, stdio: ['ignore', 'pipe', 'pipe'] });

async function ended(child: ChildProcess): Promise<{ status: unknown; out: string; notes: string }> {
  let [out, notes] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    notes += chunk.toString();
  });
  const [status] = await once(child, 'close');
  return { status, out, notes };
}

const BACKTEST = [
  'backtest',
  '--trace',
  'data/llm/llm_servegen_m-large_10min.csv.gz',
  '--policies',
  'target-tracking-50,target-tracking-60,target-tracking-70,tuned-reactive',
  '--decisions',
  '--json',
];

describe('the prescale process', () => {
  it('writes everything before it ends, however much it is', async () => {
    const { status, out } = await ended(start([...BACKTEST, '--policies', 'tuned-reactive,static-peak'], BARE));
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(out).policies)).toEqual(['tuned-reactive', 'static-peak']);
  });

  it('ends quietly when the reader of its output goes away', async () => {
    const child = start(
      BACKTEST.filter((arg) => arg !== '--json'),
      BARE,
    );
    child.stdout?.destroy();
    expect(await ended(child)).toMatchObject({ status: 0, notes: '' });
  });

  it('says in one line that no region is set', async () => {
    const { status, out, notes } = await ended(start(['pause'], BARE));
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(notes).toMatch(/^prescale: no AWS region: give --region, set AWS_REGION.*\n$/);
  });

  it('does not wait for a metadata service that never answers', async () => {
    const silent = createServer(() => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const env = { ...BARE, AWS_EC2_METADATA_DISABLED: '', AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint };
    const { status, notes } = await ended(start(['doctor', '--region', 'eu-west-1', '--json'], env));
    expect(status).toBe(1);
    expect(notes).toBe('');
    silent.closeAllConnections();
    silent.close();
  });

  it.each([
    {
      case: 'a region that has not the form of one',
      env: { AWS_REGION: 'nowhere-9' },
      said: 'AWS_REGION: "nowhere-9" is not',
    },
    {
      case: 'an endpoint that is no URL',
      env: { AWS_ENDPOINT_URL: 'nonsense' },
      said: 'AWS_ENDPOINT_URL: "nonsense" is not',
    },
    {
      case: 'an endpoint of one service that no web server has',
      env: { AWS_ENDPOINT_URL_SSM: 'ftp://ssm' },
      said: 'AWS_ENDPOINT_URL_SSM: "ftp://ssm" is not',
    },
  ])('calls $case bad input, for doctor as for any other', async ({ env, said }) => {
    for (const command of ['resume', 'doctor']) {
      const { status, out, notes } = await ended(start([command], { ...SIGNED_IN, ...env }));
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(notes).toContain(`prescale: ${said}`);
    }
  });

  it('calls an endpoint that refuses the connection a failure, not bad input', async () => {
    const { status, notes } = await ended(start(['resume'], { ...SIGNED_IN, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }));
    expect(status).toBe(1);
    expect(notes).toMatch(/^prescale: failed \(.+\): .+\n$/);
  });

  it('shows where it failed when it is asked to', async () => {
    const env = { ...SIGNED_IN, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', PRESCALE_DEBUG: '1' };
    expect((await ended(start(['resume'], env))).notes).toContain('\n    at ');
  });
});
