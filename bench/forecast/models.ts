import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_FORECASTERS, FORECASTER_NAMES } from '../../models/forecast/registry.ts';
import type { Series } from '../../models/kernel/series.ts';
import { median } from '../../models/kernel/statistics.ts';
import { geometricMean } from '../../models/simulate/geometric-mean.ts';
import { provenance } from '../provenance.ts';
import { ROOT, seriesUnder } from '../scaling/series.ts';
import { firstHalf } from './controller-history.ts';
import { eachAlone } from './each-alone.ts';
import { figuresOf, type ModelFigures } from './model-figures.ts';
import { shown } from './shown.ts';
import { transferTable } from './transfer.ts';
import { youngTable } from './young.ts';

const RESULTS = path.join(ROOT, 'bench/results/models.md');

/** What the controller learns from, and the days that are held out of it. */
const MOST_DAYS = 14 + 5;

/** Figures of every model on one series, or why there are none. */
interface Measured {
  readonly series: string;
  readonly models: ReadonlyMap<string, ModelFigures>;
}

/**
 * Every forecaster on the first half of every series: the error of a day's path, pinball loss and CRPS of the peak over 15
 * minutes, CPU of a fit. Writes bench/results/models.md. Minutes.
 */
export async function benchModels(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') }, models: { type: 'string' } },
  });
  const names = values.models?.split(',') ?? FORECASTER_NAMES;
  const measured: Measured[] = [];
  for (const series of seriesUnder(values.data)) {
    const history = firstHalf(series, MOST_DAYS);
    if (history.ok) measured.push({ series: series.name, models: modelsOn(history.value, names) });
    process.stderr.write(`${series.name}${history.ok ? '' : `: ${history.refusal}`}\n`);
  }
  const text = pageOf(measured, names);
  if (values.models === undefined) writeFileSync(RESULTS, text);
  process.stdout.write(text);
}

/**
 * Each series' first half forecast as if it were a day old, by trees learned from the first halves of the others. Writes
 * bench/results/transfer.md.
 */
export async function benchTransfer(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') } },
  });
  const named = seriesUnder(values.data).flatMap((series) => {
    const history = firstHalf(series, Number.POSITIVE_INFINITY);
    return history.ok ? [{ name: series.name, history: history.value }] : [];
  });
  const text = `# A group that is a day old

Trees learned from the other series alone, those that share no moment with it (records without dates count as of one time);
every day of a series' first half in turn is all that is known, the day after is
forecast. Skill: error relative to repeating the day. \`npm run bench -- transfer --data DIR\`.

${transferTable(named)}

${youngTable(named)}

${provenance()}
`;
  writeFileSync(path.join(ROOT, 'bench/results/transfer.md'), text);
  process.stdout.write(text);
}

function modelsOn(history: Series, names: readonly string[]): ReadonlyMap<string, ModelFigures> {
  const figures = new Map<string, ModelFigures>();
  for (const forecaster of eachAlone([...new Set([...DEFAULT_FORECASTERS, ...names])])) {
    const one = figuresOf(history, forecaster);
    if (one.ok) figures.set(forecaster.name, one.value);
  }
  return figures;
}

function pageOf(measured: readonly Measured[], names: readonly string[]): string {
  const rows = [...new Set([...DEFAULT_FORECASTERS, ...names])].map((name) => modelRow(measured, name));
  return `# Forecasters, one by one

First halves alone, their newest 14 days: every model is fitted before each of the newest five days. Geometric means over
the series of the ratio to \`seasonal-naive-day\`: the error of a whole day's path made before it, and, followed as the hot
path would, the pinball loss and the CRPS of the peak over 15 minutes; series where the model is best of the default
candidates and itself; median CPU of a fit with a day's path. \`npm run bench -- models --data DIR\`.

| model | series | day's path | pinball | CRPS | champion of | CPU ms |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

${provenance()}
`;
}

function modelRow(measured: readonly Measured[], name: string): string {
  const pairs = measured.flatMap(({ models }) => {
    const [one, naive] = [models.get(name), models.get('seasonal-naive-day')];
    return one === undefined || naive === undefined || naive.dayError === 0 ? [] : [{ one, naive, models }];
  });
  const ratio = (of: (figures: ModelFigures) => number): string => {
    const ratios = pairs.map(({ one, naive }) => of(one) / of(naive));
    // No mean of ratios tells of a model, or of a day before, that is never off.
    return ratios.length > 0 && ratios.every((one) => one > 0) ? shown(geometricMean(ratios)) : '–';
  };
  const wins = pairs.filter(({ one, models }) =>
    DEFAULT_FORECASTERS.every((other) => one.pinball <= (models.get(other)?.pinball ?? Number.POSITIVE_INFINITY)),
  ).length;
  const cells = [
    String(pairs.length),
    ratio(({ dayError }) => dayError),
    ratio(({ pinball }) => pinball),
    ratio(({ crps }) => crps),
    String(wins),
    shown(median(pairs.map(({ one }) => one.milliseconds)), 0),
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}
