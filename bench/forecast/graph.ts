import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readTrace } from '../../cli/trace.ts';
import { coarsen } from '../../models/forecast/coarsen.ts';
import { fillBlanks } from '../../models/forecast/contest/fill-blanks.ts';
import type { NamedLoad } from '../../models/forecast/graph/graph-forecaster.ts';
import { laggedGraph } from '../../models/forecast/graph/lagged-graph.ts';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { type Series, slice } from '../../models/kernel/series.ts';
import { mean } from '../../models/kernel/statistics.ts';
import { provenance } from '../provenance.ts';
import { ROOT } from '../scaling/series.ts';

const RESULTS = path.join(ROOT, 'bench/results/graph.md');
const DAY_MS = 86_400_000;

/** Longest lag and horizon, in steps of five minutes: half an hour. */
const STEPS = 6;
const ORIGINS = 24;

/** Loads that were recorded side by side: files and columns. */
const SETS = [
  {
    name: 'google 2019, CPU of four cells',
    loads: ['a', 'b', 'c', 'd'].map((cell) => ({
      name: `cell ${cell}`,
      file: `cpu/cpu_google2019_cell_${cell}_5min.csv.gz`,
      column: 'cpu',
    })),
  },
  {
    name: 'alibaba 2020, a GPU cluster',
    loads: ['cpu_util', 'mem_util', 'gpu_util', 'gpu_mem_util'].map((column) => ({
      name: column,
      file: `cpu/alibaba2020_gpucluster_${column.startsWith('gpu') ? 'gpu' : 'cpu'}_a_5min.csv.gz`,
      column,
    })),
  },
];

/**
 * What other loads are worth to the forecast of one, half an hour ahead, on first halves: the graph with them and the same
 * model without them, from origins over the newest third. Writes bench/results/graph.md.
 */
export function benchGraph(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') } },
  });
  const rows = SETS.flatMap(({ name, loads }) => {
    const present = loads.filter(({ file }) => existsSync(path.join(values.data, file)));
    if (present.length < 2) return [`| ${name} | absent | | |`];
    const read = present.map((load) => ({
      name: load.name,
      series: firstHalf(path.join(values.data, load.file), load.column),
    }));
    return aligned(read).map((target, i, all) => rowOf(name, target, all.toSpliced(i, 1)));
  });
  const text = `# Loads that follow others

Half an hour ahead at five minutes, ${ORIGINS} origins over the newest third of first halves: mean absolute error of the graph
relative to the same model without the other loads, and to the day before. \`npm run bench -- graph --data DIR\`.

| loads | target | of the target alone | of the day before |
| --- | --- | ---: | ---: |
${rows.join('\n')}

${provenance()}
`;
  writeFileSync(RESULTS, text);
  process.stdout.write(text);
}

function firstHalf(file: string, column: string): Series {
  const { series } = readTrace(file, { column });
  const half = series.values.subarray(0, Math.floor(series.values.length / 2));
  const filled = fillBlanks(half, Math.round(DAY_MS / series.stepMs)) ?? half;
  return coarsen({ ...series, values: filled }, { mostSteps: filled.length }).series;
}

/** The steps that all loads have, from the latest beginning to the earliest end. */
function aligned(loads: readonly NamedLoad[]): readonly NamedLoad[] {
  const start = Math.max(...loads.map(({ series }) => series.startMs));
  const moved = loads.map(({ name, series }) => ({
    name,
    series: slice(series, Math.round((start - series.startMs) / series.stepMs)),
  }));
  const steps = Math.min(...moved.map(({ series }) => series.values.length));
  return moved.map(({ name, series }) => ({ name, series: slice(series, 0, steps) }));
}

function rowOf(set: string, target: NamedLoad, others: readonly NamedLoad[]): string {
  const graph = laggedGraph('graph', { mostLag: STEPS });
  const { values, stepMs } = target.series;
  const day = Math.round(DAY_MS / stepMs);
  const first = Math.max(3 * day, Math.floor((2 / 3) * values.length));
  const stride = Math.floor((values.length - STEPS - first) / ORIGINS);
  if (stride < 1) return `| ${set} | ${target.name} | too short | |`;
  const errors = Array.from({ length: ORIGINS }, (_, i) => {
    const origin = first + i * stride;
    const until = (load: NamedLoad): NamedLoad => ({ ...load, series: slice(load.series, 0, origin) });
    const actual = values.subarray(origin, origin + STEPS);
    const error = (drivers: readonly NamedLoad[]): number => {
      const answer = graph.path({ target: until(target).series, others: drivers.map(until) }, STEPS);
      return answer.ok ? meanAbsoluteError(actual, answer.value.path) : Number.NaN;
    };
    const before = meanAbsoluteError(actual, values.subarray(origin - day, origin - day + STEPS));
    return { graph: error(others), alone: error([]), before };
  });
  const of = (key: 'graph' | 'alone' | 'before'): number => mean(errors.map((one) => one[key]));
  const ratios = [of('graph') / of('alone'), of('graph') / of('before')].map((ratio) => ratio.toFixed(3));
  return `| ${set} | ${target.name} | ${ratios.join(' | ')} |`;
}
