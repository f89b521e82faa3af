import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Case } from './cases.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../cli/main.ts');

/** What of the command's JSON is read here. */
interface Prices {
  readonly oracle: { readonly J: number };
  readonly policies: Readonly<
    Record<string, { readonly ratio: number | null; readonly decisions?: readonly number[] }>
  >;
}

/** One series under one case. */
export interface Backtested {
  readonly series: string;
  readonly case: string;
  /** Undefined where the file is no scaling problem: then `refused` says why. */
  readonly result: Prices | undefined;
  readonly refused: string | undefined;
  /** Wall-clock seconds of the whole command, one of as many at a time as there are cores. */
  readonly seconds: number;
}

export interface Wanted {
  readonly series: string;
  readonly file: string;
  readonly case: Case;
  readonly policies: readonly string[];
  /** Whether the answer holds the course of each policy. */
  readonly decisions: boolean;
}

/** Runs `prescale backtest` for each, as many at a time as there are cores; answers in the order of what was wanted. */
export async function backtested(
  wanted: readonly Wanted[],
  onDone: (done: Backtested) => void,
): Promise<readonly Backtested[]> {
  const answers: Backtested[] = new Array(wanted.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < wanted.length; i = next++) {
      const answer = await backtestedOne(wanted[i]!);
      answers[i] = answer;
      onDone(answer);
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  return answers;
}

async function backtestedOne({
  series,
  file,
  case: { name, flags },
  policies,
  decisions,
}: Wanted): Promise<Backtested> {
  const begun = performance.now();
  const args = [COMMAND, 'backtest', '--trace', file, ...flags, '--policies', policies.join(','), '--json'];
  if (decisions) args.push('--decisions');
  const ended = (result: Prices | undefined, refused: string | undefined): Backtested => ({
    series,
    case: name,
    result,
    refused,
    seconds: (performance.now() - begun) / 1000,
  });
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
    return ended(JSON.parse(stdout) as Prices, undefined);
  } catch (error) {
    const { code, stderr } = error as { code?: number; stderr?: string };
    if (code !== 2) throw error;
    // Where the data lie on this machine is nobody's business.
    return ended(undefined, lastLine(stderr ?? '').replaceAll(`${file}: `, ''));
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
