import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ScalerError } from '../../models/kernel/errors.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The CDK failed; the message holds everything that it said. */
export class CdkError extends ScalerError {
  override readonly code = 'EMULATOR_CDK';
  override readonly retryable = false;
}

/** How the CDK is run. */
export interface CdkRun {
  readonly env: Readonly<Record<string, string>>;
  /** The stack's own templates and code go there, so that two runs never share a folder. */
  readonly output: string;
  /** Ends the CDK and all that it has started. */
  readonly signal: AbortSignal;
  /** Told its process group; what comes back is called when it has ended. */
  readonly adopt?: (group: number) => () => void;
}

/** Runs the real CDK command line, quietly; throws CdkError when it fails, or the signal's reason. */
export async function cdk(args: readonly string[], run: CdkRun): Promise<void> {
  run.signal.throwIfAborted();
  const child = started(args, run);
  const said: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  const letGo = child.pid === undefined ? undefined : run.adopt?.(child.pid);
  const end = (): void => endGroup(child);
  run.signal.addEventListener('abort', end, { once: true });
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    run.signal.throwIfAborted();
    if (status === 0) return;
    throw new CdkError(`cdk ${args.join(' ')} ended with status ${status}:\n${Buffer.concat(said).toString('utf8')}`);
  } finally {
    run.signal.removeEventListener('abort', end);
    letGo?.();
  }
}

function started(args: readonly string[], { env, output }: CdkRun): ChildProcess {
  const bin = path.join(root, 'node_modules', '.bin');
  const temporary = path.join(output, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return spawn(path.join(bin, 'cdk'), [...args, '--output', output, '--progress', 'events', '--ci'], {
    cwd: root,
    env: {
      PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
      HOME: process.env['HOME'] ?? '',
      TMPDIR: temporary,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the CDK starts the application by a shell, which would outlive it.
    detached: true,
  });
}

/** Nothing that it does to an emulator is worth waiting for. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** The settings of a rehearsal: no schedule, the event's time as "now", nothing kept, and all code at once. */
export const REHEARSAL: readonly string[] = [
  'prescale:schedule=disabled',
  'prescale:clock=event',
  'prescale:ephemeral=true',
  'prescale:deployment=all-at-once',
  'prescale:tracing=off',
].flatMap((setting) => ['--context', setting]);
