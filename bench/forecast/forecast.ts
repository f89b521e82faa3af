import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { provenance } from '../provenance.ts';
import { ROOT, type SeriesFile, seriesUnder } from '../scaling/series.ts';
import { accuracy, CONTEST, type Contest, LEADS, type MeasuredSeries, RECORD } from './commands.ts';
import { contestTable, leadTables } from './forecast-tables.ts';

const RESULTS = path.join(ROOT, 'bench/results/forecast.md');

/** Files of the contest, within a data directory. */
const M4 = ['m4_hourly_train.csv.gz', 'm4_hourly_test.csv.gz', 'm4_hourly_naive2_scores.csv'] as const;

/**
 * How far forecasts are off: two days ahead on the hourly series of the M4 competition, where the data directory has them,
 * and at leads on every load of it. Runs the commands that users run; writes bench/results/forecast.md. Minutes.
 */
export async function benchForecast(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') }, json: { type: 'boolean', default: false } },
  });
  const measured: MeasuredSeries[] = [];
  for (const series of seriesUnder(values.data)) {
    measured.push(await measure(series));
    process.stderr.write(`${series.name}\n`);
  }
  const contest = await m4Contest(path.join(values.data, 'm4'));
  const text = page(measured, contest);
  writeFileSync(RESULTS, text);
  process.stdout.write(values.json ? `${JSON.stringify({ provenance: provenance(), contest, measured })}\n` : text);
}

async function measure({ name, file }: SeriesFile): Promise<MeasuredSeries> {
  const { code, out, notes } = await accuracy(['--series', file, '--leads', LEADS.join(',')]);
  if (code !== 0) return { series: name, refused: notes.trim().replaceAll(file, name).replace('prescale: ', '') };
  return { series: name, record: RECORD.parse(JSON.parse(out)) };
}

async function m4Contest(folder: string): Promise<Contest | undefined> {
  const [train, test, scores] = M4.map((file) => path.join(folder, file));
  if (![train!, test!, scores!].every(existsSync)) return undefined;
  const { out } = await accuracy(['--m4', train!, test!, '--naive2', scores!]);
  return CONTEST.parse(JSON.parse(out));
}

function page(measured: readonly MeasuredSeries[], contest: Contest | undefined): string {
  const unread = measured.filter(({ refused }) => refused !== undefined);
  return `# Forecasts: how far they are off

By docs/evaluation.md §1.1 and §1.2; how it works, what it was developed on and every look at what is scored:
docs/designs/0005-forecasts.md. \`npm run bench -- forecast --data DIR\`, which runs \`prescale accuracy\`.

## Hourly series, two days ahead

${contest === undefined ? 'Absent: DIR/m4 (hourly series of the M4 competition).' : contestTable(contest)}

## One load at a lead

Second halves; skill is relative to repeating the day or the week before, whichever erred less in the first half; within
is the share of targets inside the central interval of that level.

${leadTables(measured)}

${unread.map(({ series, refused }) => `Not measured: ${series} (${refused}).`).join('\n')}

${provenance()}
`;
}
