import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { upstreamAt } from './gate/forward.ts';
import type { Gate } from './gate/gate.ts';
import { startGate } from './gate/gate.ts';
import { onParentGone } from './parent.ts';
import { freePorts } from './ports.ts';
import { ensurePython, PROJECT_ROOT } from './python.ts';
import type { ServerGroup } from './servers.ts';
import { EmulatorError, serverGroup } from './servers.ts';
import { removeStaleRuns } from './stale-runs.ts';

/** How to start an emulator; every option has a default. */
export interface EmulatorOptions {
  /** Told once before slow work, for example making the Python environment. */
  readonly notice?: (text: string) => void;
  /** More variables for the environment of ministack, and so of every Lambda that runs in it. */
  readonly lambdaEnv?: Readonly<Record<string, string>>;
  /** Stop on SIGINT, SIGTERM, SIGHUP and the end of the parent process, and exit with 128 + the signal. @default true */
  readonly handleSignals?: boolean;
  /** Ends the making of the Python environment. */
  readonly signal?: AbortSignal;
}

/** Where each part listens; all on 127.0.0.1. */
export interface EmulatorEndpoints {
  /** Everything but the three below. */
  readonly aws: string;
  /** Auto Scaling, EC2 and CloudWatch, and the control endpoints under `/_prescale/`. */
  readonly gate: string;
  /** Auto Scaling and EC2 behind the gate, unchecked: for a second gate of one's own. */
  readonly compute: string;
}

/** A running emulator. */
export interface Emulator {
  /** Variables that make the AWS SDK and the CDK talk to it; no `PATH` or `HOME` among them. */
  readonly env: Readonly<Record<string, string>>;
  readonly endpoints: EmulatorEndpoints;
  readonly gate: Gate;
  /** This run's own folder, absolute: what is put there goes with the emulator, however this process ends. */
  readonly directory: string;
  /** Ends a process group together with the emulator; returns how to let it go once it has ended. */
  adopt(group: number): () => void;
  /** Ends every process and removes the run's directory; idempotent, at most about six seconds. */
  stop(): Promise<void>;
}

/** The account that ministack assumes; moto is told to use it too, so that ARNs agree. */
const ACCOUNT = '000000000000';
const REGION = 'us-east-1';
const ATTEMPTS = 3;

/** The variables that point the SDK and the CDK at an emulator. */
export const clientEnv = ({
  aws,
  gate,
}: Pick<EmulatorEndpoints, 'aws' | 'gate'>): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: aws,
  AWS_ENDPOINT_URL_S3: aws,
  AWS_ENDPOINT_URL_AUTO_SCALING: gate,
  AWS_ENDPOINT_URL_EC2: gate,
  AWS_ENDPOINT_URL_CLOUDWATCH: gate,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  // The user's own profiles and the instance metadata service must not take part.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_HOME: join(PROJECT_ROOT, '.cache', 'cdk'),
  CDK_DISABLE_CLI_TELEMETRY: 'true',
});

/** What every server gets from this process: nothing but the way to programs. Node 22 comes first, for the Lambdas. */
const cleanEnv = (home: string): Record<string, string> => ({
  PATH: [join(PROJECT_ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? '/usr/bin:/bin'].join(delimiter),
  HOME: home,
  TMPDIR: join(home, 'tmp'),
  LANG: 'C.UTF-8',
  PYTHONUNBUFFERED: '1',
  PYTHONDONTWRITEBYTECODE: process.env['PYTHONDONTWRITEBYTECODE'] ?? '',
});

const computePlan = (python: string, directory: string, port: number) => ({
  name: 'moto',
  command: python,
  args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
  env: { ...cleanEnv(directory), MOTO_ACCOUNT_ID: ACCOUNT },
  healthUrl: `http://127.0.0.1:${port}/moto-api/data.json`,
});

const restPlan = (python: string, directory: string, port: number, lambdaEnv: Readonly<Record<string, string>>) => ({
  name: 'ministack',
  command: python,
  args: ['-m', 'ministack'],
  env: {
    ...cleanEnv(directory),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
    LOG_LEVEL: 'WARNING',
    STATE_DIR: join(directory, 'state'),
    S3_DATA_DIR: join(directory, 's3'),
    ...lambdaEnv,
  },
  healthUrl: `http://127.0.0.1:${port}/_ministack/health`,
});

const startServers = async (
  group: ServerGroup,
  directory: string,
  options: EmulatorOptions,
): Promise<Omit<Emulator, 'stop'>> => {
  const { notice, signal } = options;
  const { python } = await ensurePython({
    ...(notice === undefined ? {} : { notice }),
    ...(signal === undefined ? {} : { signal }),
  });
  mkdirSync(join(directory, 'tmp'), { recursive: true });
  // Lambdas are unpacked below: without this, the project's own "type": "module" would turn their CommonJS files into ESM.
  writeFileSync(join(directory, 'package.json'), '{}');
  const [computePort = 0, restPort = 0] = await freePorts(2);
  const compute = `http://127.0.0.1:${computePort}`;
  const aws = `http://127.0.0.1:${restPort}`;
  const resetCompute = async (): Promise<void> => {
    await fetch(`${compute}/moto-api/reset`, { method: 'POST' });
  };
  const gate = await startGate({ compute: upstreamAt(compute), metrics: upstreamAt(aws), resetCompute });
  const env = clientEnv({ aws, gate: gate.url });
  // Ministack hands its own environment to every Lambda, so the endpoints given here reach them.
  const lambdaEnv = { ...env, ...options.lambdaEnv };
  try {
    await Promise.all([
      group.start(computePlan(python, directory, computePort)),
      group.start(restPlan(python, directory, restPort, lambdaEnv)),
    ]);
  } catch (error) {
    await gate.stop();
    throw error;
  }
  return { env, endpoints: { aws, gate: gate.url, compute }, gate, directory, adopt: group.adopt };
};

const RUNS = join(PROJECT_ROOT, '.emulator');

const attempt = async (options: EmulatorOptions): Promise<Emulator> => {
  removeStaleRuns(RUNS);
  const directory = join(RUNS, `${process.pid}-${randomBytes(4).toString('hex')}`);
  const group = serverGroup(directory);
  try {
    const parts = await startServers(group, directory, options);
    const stop = async (): Promise<void> => {
      await parts.gate.stop();
      await group.stop();
    };
    return { ...parts, stop };
  } catch (error) {
    await group.stop();
    throw error;
  }
};

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** Stops the emulator when this process is asked to end or has lost its parent; gives back how to undo that. */
const stopOnSignals = (stop: () => Promise<void>): (() => void) => {
  const end = (number: number): void => void stop().finally(() => process.exit(128 + number));
  const handlers = Object.entries(SIGNALS).map(([signal, number]): (() => void) => {
    const handler = () => end(number);
    // Not once: npm passes Ctrl-C on to a process that the terminal has told already.
    process.on(signal, handler);
    return () => {
      process.off(signal, handler);
    };
  });
  // npm that is killed outright says nothing to the process that it runs.
  handlers.push(onParentGone(() => end(SIGNALS.SIGHUP)));
  return () => {
    for (const undo of handlers) undo();
  };
};

/**
 * Starts moto (Auto Scaling, EC2), ministack (everything else) and the gate in front, on free ports of 127.0.0.1, in a
 * directory of their own under `.emulator/`; several may run at once. Makes the Python environment first where it is missing.
 * However this process ends, a watchdog ends the servers. Tries three times, because a free port may be taken meanwhile.
 * Throws PythonError or EmulatorError. Cost: about 2 s.
 */
export const startEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  for (let left = ATTEMPTS; ; left -= 1) {
    try {
      const emulator = await attempt(options);
      if (options.handleSignals === false) return emulator;
      const undo = stopOnSignals(emulator.stop);
      const stop = async (): Promise<void> => {
        undo();
        await emulator.stop();
      };
      return { ...emulator, stop };
    } catch (error) {
      if (left <= 1 || !(error instanceof EmulatorError)) throw error;
      options.notice?.(`the emulator did not start, trying again: ${error.message}`);
    }
  }
};
