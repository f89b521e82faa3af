import { spawnSync } from 'node:child_process';
import os from 'node:os';

const git = (...args: string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();

/** One line that says when, on what code and on what machine a figure was measured. */
export function provenance(): string {
  const date = new Date().toISOString().slice(0, 10);
  const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' with changes';
  const cpu = os.cpus()[0]?.model ?? 'unknown processor';
  return `${date}, commit ${git('rev-parse', '--short', 'HEAD')}${changed}, ${os.cpus().length} × ${cpu}, Node ${process.version}`;
}
