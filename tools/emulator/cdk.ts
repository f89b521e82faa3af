import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Runs the real CDK command line, quietly; throws with everything it said when it fails. `signal` ends it.
 * The stack's own templates and code go to `output`, so that two demos never share a folder.
 */
export function cdk(
  args: readonly string[],
  run: { env: Readonly<Record<string, string>>; output: string; signal: AbortSignal },
): Promise<void> {
  const bin = path.join(root, 'node_modules', '.bin');
  const child = spawn(path.join(bin, 'cdk'), [...args, '--output', run.output, '--progress', 'events', '--ci'], {
    cwd: root,
    env: { PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`, HOME: process.env['HOME'] ?? '', ...run.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: run.signal,
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve();
      else
        reject(
          new Error(`cdk ${args.join(' ')} ended with status ${status}:\n${Buffer.concat(said).toString('utf8')}`),
        );
    });
  });
}

/** The settings of a rehearsal: no schedule, the event's time as "now", nothing kept, and all code at once. */
export const REHEARSAL: readonly string[] = [
  'prescale:schedule=disabled',
  'prescale:clock=event',
  'prescale:ephemeral=true',
  'prescale:deployment=all-at-once',
  'prescale:tracing=false',
].flatMap((setting) => ['--context', setting]);
