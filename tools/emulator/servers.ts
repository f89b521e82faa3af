import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScalerError } from '../../models/kernel/errors.ts';
import { PROJECT_ROOT } from './python.ts';

/** A server of the emulator did not come up; the message ends with the last lines that it wrote. */
export class EmulatorError extends ScalerError {
  override readonly code = 'EMULATOR_START';
  override readonly retryable = true;
}

/** One server process: how to run it, and where it says that it is ready. */
export interface ServerPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly healthUrl: string;
}

/** The processes of one emulator, ended together. */
export interface ServerGroup {
  /** Starts a server and waits until it answers; throws EmulatorError when it exits or stays silent for `readySeconds`. */
  start(plan: ServerPlan): Promise<void>;
  /** Ends a process group that was started elsewhere together with the servers; returns how to let it go once it has ended. */
  adopt(group: number): () => void;
  /** Asks every server to stop, waits, kills what is left after five seconds, removes the run directory. Idempotent. */
  stop(): Promise<void>;
}

const readySeconds = 60;
const retryMs = 50;

const tail = (path: string): string => readFileSync(path, 'utf8').trim().split('\n').slice(-8).join('\n');

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
};

const untilReady = async (plan: ServerPlan, child: ChildProcess, log: string): Promise<void> => {
  const attempts = (readySeconds * 1000) / retryMs;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new EmulatorError(
        `${plan.name} exited with ${child.exitCode ?? child.signalCode} before it was ready:\n${tail(log)}`,
      );
    }
    if (await answers(plan.healthUrl)) return;
    await sleep(retryMs);
  }
  throw new EmulatorError(`${plan.name} did not answer at ${plan.healthUrl} within ${readySeconds} s:\n${tail(log)}`);
};

/**
 * A group whose servers run in `directory` and cannot outlive this process: a watchdog holds the other end of a pipe and
 * ends them when it closes, however this process dies. The directory must be this group's alone: it is removed at the end.
 */
export const serverGroup = (directory: string): ServerGroup => {
  mkdirSync(directory, { recursive: true });
  const script = join(PROJECT_ROOT, 'tools', 'emulator', 'watchdog.sh');
  // A session of its own: Ctrl-C in a terminal goes to the starter alone, which then stops the rest in order.
  const watchdog = spawn('/bin/sh', [script, directory], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    watchdog.once('exit', () => resolve());
    watchdog.once('error', () => resolve());
  });
  watchdog.unref();
  let stopping: Promise<void> | null = null;
  const tell = (line: string): void => {
    if (stopping === null) watchdog.stdin.write(`${line}\n`);
  };

  return {
    adopt: (group) => {
      tell(String(group));
      return () => tell(`-${group}`);
    },
    start: async (plan) => {
      const logPath = join(directory, `${plan.name}.log`);
      const log = openSync(logPath, 'a');
      const child = spawn(plan.command, [...plan.args], {
        cwd: directory,
        detached: true,
        env: { ...plan.env },
        stdio: ['ignore', log, log],
      });
      const failed = new Promise<never>((_, reject) => {
        child.once('error', (cause) => reject(new EmulatorError(`${plan.name} could not be run`, {}, { cause })));
      });
      if (child.pid !== undefined) tell(String(child.pid));
      child.unref();
      await Promise.race([untilReady(plan, child, logPath), failed]);
    },
    stop: () => {
      stopping ??= (async () => {
        // It was let go so as not to keep the starter alive; from here on the starter waits for it.
        watchdog.ref();
        watchdog.stdin.end();
        await ended;
        rmSync(directory, { recursive: true, force: true });
      })();
      return stopping;
    },
  };
};
