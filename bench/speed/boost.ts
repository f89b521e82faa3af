import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BoostData, BoostLoss, BoostOptions } from '../../models/boost/boost-task.ts';
import { fitTrees } from '../../models/boost/boosted-trees.ts';
import { crossFit } from '../../models/boost/cross-fit.ts';
import { predict, type TreeEnsemble } from '../../models/boost/tree-ensemble.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { provenance } from '../provenance.ts';

const RESULTS = path.resolve(import.meta.dirname, '../results/boost.md');
const SEED = 1;
const COLUMNS = 28;
const FOLDS = 5;

/** Fits before the just-in-time compiler is warm, and fits that are measured. */
const WARM_UP = 3;
const MEASURED = 15;

/** Forecasts in one measurement: a single one is too short for the clock. */
const FORECASTS = 20_000;

const OPTIONS: BoostOptions = {
  loss: 'squared',
  trees: 80,
  depth: 4,
  learningRate: 0.1,
  leastLeafRows: 20,
  l2: 1,
  rowShare: 1,
  columnShare: 1,
  seed: SEED,
};

const LOSSES: readonly { readonly name: string; readonly loss: BoostLoss }[] = [
  { name: 'squared error', loss: 'squared' },
  { name: 'quantile 0.9', loss: { quantile: 0.9 } },
];

/** CPU of fitting boosted trees, of forecasting one row by them, and the share of new rows under their quantiles. */
export function benchBoost(): void {
  const fits = [6000, 20_000].flatMap((rows) => LOSSES.map(({ name, loss }) => fitRow(noisy(rows), name, loss)));
  const text = `# Speed of boosted trees

CPU (user + system, one process) of ${OPTIONS.trees} trees of depth ${OPTIONS.depth} on ${COLUMNS} features, of which three matter; random rows,
seed ${SEED}. ${MEASURED} runs after ${WARM_UP}; forecasts of other rows each time. \`npm run bench -- boost\`. Aims: 120 ms for 6,000
rows, 400 ms for 20,000, 2 µs a forecast.

| what | rows | median | least | most |
| --- | ---: | ---: | ---: | ---: |
${[...fits, forecastRow()].join('\n')}

Share of the rows at or under the forecast of trees that did not see them, ${FOLDS} blocks of 6,000 rows:

| quantile | share |
| ---: | ---: |
${[0.5, 0.9, 0.95].map(coverageRow).join('\n')}

${provenance()}
`;
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
}

function noisy(rows: number): BoostData {
  const random = randomSource(SEED);
  const columns = Array.from({ length: COLUMNS }, () => Float64Array.from({ length: rows }, random));
  const [a, b, c] = columns;
  const target = Float64Array.from(
    { length: rows },
    (_, i) => Math.sin(6 * a![i]!) + b![i]! * c![i]! + (0.1 + b![i]!) * random(),
  );
  return { columns, target };
}

function ensembleOf(data: BoostData, options: BoostOptions): TreeEnsemble {
  const fitted = fitTrees(data, options);
  if (fitted.ok) return fitted.value;
  throw new Error(`trees refuse the rows of the bench: ${JSON.stringify(fitted.refusal)}`);
}

function fitRow(data: BoostData, name: string, loss: BoostLoss): string {
  const [median, least, most] = milliseconds(() => ensembleOf(data, { ...OPTIONS, loss }));
  return `| fit, ${name} | ${data.target.length} | ${median!.toFixed(0)} ms | ${least!.toFixed(0)} ms | ${most!.toFixed(0)} ms |`;
}

function forecastRow(): string {
  const data = noisy(6000);
  const ensemble = ensembleOf(data, OPTIONS);
  const features = Array.from({ length: 1000 }, (_, i) => Float64Array.from(data.columns, (column) => column[i]!));
  let sum = 0;
  const [median, least, most] = milliseconds(() => {
    for (let i = 0; i < FORECASTS; i++) sum += predict(ensemble, features[i % features.length]!);
  }).map((ms) => `${((1000 * ms) / FORECASTS).toFixed(2)} µs`);
  if (!Number.isFinite(sum)) throw new Error('a forecast is not a number');
  return `| forecast of one row | 1 | ${median} | ${least} | ${most} |`;
}

/** Median, least and most CPU milliseconds of some work. */
function milliseconds(work: () => void): readonly number[] {
  const times: number[] = [];
  for (let run = -WARM_UP; run < MEASURED; run++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (run >= 0) times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  return [times[times.length >> 1]!, times[0]!, times[times.length - 1]!];
}

function coverageRow(quantile: number): string {
  const data = noisy(6000);
  const held = crossFit(data, { count: FOLDS, gapRows: 0 }, { ...OPTIONS, loss: { quantile } });
  if (!held.ok) throw new Error(`a cross-fit refuses the rows of the bench: ${JSON.stringify(held.refusal)}`);
  const covered = held.value.reduce((count, forecast, i) => count + Number(data.target[i]! <= forecast), 0);
  return `| ${quantile} | ${(covered / held.value.length).toFixed(3)} |`;
}
