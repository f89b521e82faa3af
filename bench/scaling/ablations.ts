import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { InvariantError } from '../../models/kernel/errors.ts';
import { provenance } from '../provenance.ts';
import { ablationPage, type Priced } from './ablation-page.ts';
import type { AblationTask } from './ablation-worker.ts';
import { type ReferenceTrace, referenceTraces, SHIPPED } from './first-halves.ts';

const RESULTS = path.resolve(import.meta.dirname, '../results/ablations.md');
const WORKERS = 2;

/**
 * What each part of the plan is worth: the price of the band with one part left out or replaced, on the first halves of
 * the reference series at hand. Writes bench/results/ablations.md.
 */
export async function benchAblations(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string', default: SHIPPED } } });
  const traces = referenceTraces(values.data);
  const priced = await pricedBy(traces);
  const absent = traces.filter(({ file }) => file === undefined).map(({ name }) => name);
  const text = ablationPage(priced, { absent, provenance: provenance() });
  writeFileSync(RESULTS, text);
  process.stdout.write(text);
}

/** Prices every series that is there, some at a time, each in a worker of its own. */
async function pricedBy(traces: readonly ReferenceTrace[]): Promise<readonly Priced[]> {
  const present = traces.flatMap(({ name, file }) => (file === undefined ? [] : [{ name, file }]));
  const priced: Priced[] = new Array(present.length);
  let next = 0;
  const taking = async (): Promise<void> => {
    for (let i = next++; i < present.length; i = next++) {
      const { name, file } = present[i]!;
      const begun = performance.now();
      const others = present.filter((other) => other.name !== name).map((other) => other.file);
      priced[i] = { series: name, ratios: await answered({ file, others }) };
      process.stderr.write(`${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, taking));
  return priced;
}

const answered = (task: AblationTask): Promise<Priced['ratios']> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./ablation-worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new InvariantError(`the worker of ${task.file} ended with code ${code}`)));
  });
