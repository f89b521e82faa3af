import { type ChildProcess, spawn } from 'node:child_process';
import { onParentGone } from '../emulator/parent.ts';

/** What a check is run with beside its arguments; standard input is closed, standard error is this process's own. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly stdout: 'inherit' | 'ignore';
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let running: ChildProcess | undefined;
let stopped = false;

/** Whether this process has been asked to end: no further check is to be begun. */
export const isStopped = (): boolean => stopped;

/** Ends the check that is running, with everything that it has started, and lets no other begin. */
function stop(): void {
  stopped = true;
  try {
    if (running?.pid !== undefined) process.kill(-running.pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

/** From now on, a signal or the end of the parent process ends the check that is running. */
export function stopWhenAsked(): void {
  for (const signal of SIGNALS) process.on(signal, stop);
  onParentGone(stop);
}

/** Runs a command to its end; its exit status, or null when a signal ended it or it could not be run. */
export async function runToEnd(command: string, args: readonly string[], options: RunOptions): Promise<number | null> {
  if (stopped) return null;
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    ...(options.env === undefined ? {} : { env: options.env }),
    stdio: ['ignore', options.stdout, 'inherit'],
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
  });
  running = child;
  try {
    return await new Promise<number | null>((resolve) => {
      child.once('error', () => resolve(null));
      child.once('exit', resolve);
    });
  } finally {
    running = undefined;
  }
}
