import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BadInputError } from '../../models/kernel/errors.ts';
import { provenance } from '../provenance.ts';
import { ROOT, seriesUnder } from '../scaling/series.ts';
import { calibrationTables } from './calibration-tables.ts';
import { accuracy, CONTEST, type Contest, M4 } from './commands.ts';
import { contestTable, leadTables } from './forecast-tables.ts';
import { type MeasuredHotPath, measureHotPath } from './hot-path.ts';
import { type MeasuredSeries, measureLeads } from './lead-measures.ts';

const RESULTS = path.join(ROOT, 'bench/results/forecast.md');

/**
 * How far forecasts are off: two days ahead on the hourly series of the M4 competition, where the data directory has them,
 * and at leads on every load of it, with what intervals and quantiles hold. Writes bench/results/forecast.md. Minutes.
 * `--half development` measures loads within their first halves alone, without the competition, and writes nothing.
 */
export async function benchForecast(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: path.join(ROOT, 'data') },
      half: { type: 'string', default: 'scored' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.half !== 'scored' && values.half !== 'development') {
    throw new BadInputError(`--half ${values.half}: known are scored and development`);
  }
  const development = values.half === 'development';
  const measured: MeasuredSeries[] = [];
  const hotPaths: MeasuredHotPath[] = [];
  for (const series of seriesUnder(values.data)) {
    measured.push(measureLeads(series, development));
    const hotPath = measureHotPath(series, development);
    if (hotPath !== undefined) hotPaths.push(hotPath);
    process.stderr.write(`${series.name}\n`);
  }
  const contest = development ? undefined : await m4Contest(path.join(values.data, 'm4'));
  const text = page(measured, hotPaths, contest);
  if (!development) writeFileSync(RESULTS, text);
  const figures = measured.map(({ series, leads, refused }) => ({
    series,
    leads: Object.fromEntries(Object.entries(leads).map(([lead, one]) => [lead, one.figures])),
    refused,
  }));
  const json = { provenance: provenance(), contest, measured: figures };
  process.stdout.write(values.json ? `${JSON.stringify(json)}\n` : text);
}

async function m4Contest(folder: string): Promise<Contest | undefined> {
  const [train, test, scores] = M4.map((file) => path.join(folder, file));
  if (![train!, test!, scores!].every(existsSync)) return undefined;
  const { out } = await accuracy(['--m4', train!, test!, '--naive2', scores!]);
  return CONTEST.parse(JSON.parse(out));
}

function page(
  measured: readonly MeasuredSeries[],
  hotPaths: readonly MeasuredHotPath[],
  contest: Contest | undefined,
): string {
  const unread = measured.filter(({ refused }) => refused !== undefined);
  return `# Forecasts: how far they are off

By docs/evaluation.md §1.1 and §1.2; how it works, what it was developed on and every look at what is scored:
docs/designs/0005-forecasts.md. \`npm run bench -- forecast --data DIR\`; a load's figures are those of
\`prescale accuracy --series\`.

## Hourly series, two days ahead

${contest === undefined ? 'Absent: DIR/m4 (hourly series of the M4 competition).' : contestTable(contest)}

Other libraries on the same windows: bench/results/rivals.md.

## One load at a lead

Second halves; skill is relative to repeating the day or the week before, whichever erred less in the first half; within
is the share of targets inside the central interval of that level.

${leadTables(measured)}

## What intervals and quantiles hold

${calibrationTables(measured, hotPaths)}

${unread.map(({ series, refused }) => `Not measured: ${series} (${refused}).`).join('\n')}

${provenance()}
`;
}
