import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../scaling/series.ts';

/** Files of the contest, within a data directory. */
export const M4 = ['m4_hourly_train.csv.gz', 'm4_hourly_test.csv.gz', 'm4_hourly_naive2_scores.csv'] as const;

const figure = z.number().nullable();
const errors = { sMAPE: figure, MASE: figure, OWA: figure };

/** What `prescale accuracy --m4 --json` prints. */
export const CONTEST = z.object({
  series: z.number(),
  ...errors,
  models: z.record(z.string(), z.object({ ...errors, secondsPerSeries: z.number() })),
});
export type Contest = z.infer<typeof CONTEST>;

/** What a command said, and its exit status. */
export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

/** Runs the whole command in a process of its own, as its users do. */
export const accuracy = (args: readonly string[]): Promise<Said> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'cli/main.ts'), 'accuracy', ...args, '--json']);
    let [out, notes] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      notes += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, notes }));
  });
