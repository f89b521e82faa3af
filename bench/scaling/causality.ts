import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTrace } from '../../cli/trace.ts';
import { shuffled } from '../../models/features/shuffled.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { type Backtested, backtested } from './backtests.ts';
import { BASE } from './cases.ts';
import type { SeriesFile } from './series.ts';

/** Share of a trace that is known in both worlds. */
const SHARED = 0.9;

/**
 * Whether every policy decides alike on a trace until its last tenth, whatever that holds: three times as much, or the
 * same in another order. Names each policy that does not. Runs all policies twice more.
 */
export async function decidesByTheFuture({ name, file }: SeriesFile, base: Backtested): Promise<readonly string[]> {
  const { series } = readTrace(file);
  const from = Math.floor(SHARED * series.values.length);
  const folder = mkdtempSync(path.join(tmpdir(), 'prescale-causality-'));
  try {
    const files = Object.entries(FUTURES).map(([future, change]) => {
      const values = Float64Array.from([...series.values.subarray(0, from), ...change(series.values.subarray(from))]);
      const changed = path.join(folder, `${future}.csv`);
      writeFileSync(changed, csvOf(values, series.stepMs / 1000));
      return changed;
    });
    const wanted = files.map((changed) => ({
      series: name,
      file: changed,
      case: BASE,
      policies: ['all'],
      decisions: true,
    }));
    const runs = await backtested(wanted, () => undefined);
    const shared = from - Math.floor(series.values.length / 2);
    return runs.flatMap((run) => differing(base, run, shared));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FUTURES: Readonly<Record<string, (values: Float64Array) => Float64Array>> = {
  threefold: (values) => values.map((load) => 3 * load),
  shuffled: (values) => shuffled(values, randomSource(1)),
};

const csvOf = (values: Float64Array, stepSeconds: number): string =>
  `t_s,load\n${Array.from(values, (load, i) => `${i * stepSeconds},${Number.isNaN(load) ? '' : load}`).join('\n')}\n`;

function differing(base: Backtested, run: Backtested, shared: number): readonly string[] {
  const courses = Object.entries(base.result?.policies ?? {});
  return courses.flatMap(([policy, { decisions = [] }]) => {
    const other = run.result?.policies[policy]?.decisions ?? [];
    return decisions.slice(0, shared).every((units, t) => units === other[t]) ? [] : [policy];
  });
}
