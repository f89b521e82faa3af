import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BadInputError } from '../../models/kernel/errors.ts';
import { provenance } from '../provenance.ts';
import { ROOT, seriesUnder } from '../scaling/series.ts';
import { calibrationTables } from './calibration-tables.ts';
import { measureContest } from './contest.ts';
import { contestTable } from './contest-table.ts';
import { type MeasuredHotPath, measureHotPath } from './hot-path.ts';
import { knowableTable } from './knowable.ts';
import { type MeasuredSeries, measureLeads } from './lead-measures.ts';
import { type LeadRival, leadRivalTable, measureLeadRivals } from './lead-rivals.ts';
import { leadTables } from './lead-tables.ts';
import { loadsText } from './load-tables.ts';
import { measureLoads } from './measure-loads.ts';
import { PART_NAMES, type PartName, pageOf, partNames } from './page-parts.ts';
import { rivalPython } from './python-rivals.ts';

const RESULTS = path.join(ROOT, 'bench/results/forecast.md');

/** What a part is measured with. */
interface Terms {
  readonly data: string;
  /** First halves alone. */
  readonly development: boolean;
  /** Interpreter that has the other libraries, where there is one. */
  readonly python: string | undefined;
}

/** The text of a part, and what it was made from, for `--json`. */
interface Measured {
  readonly text: string;
  readonly figures: unknown;
}

/**
 * How far forecasts are off: two days ahead on the hourly series of the M4 competition, where the data directory has them;
 * every model on every load; and each load at leads, with what intervals and quantiles hold. Beside them, where Python is
 * present, statsforecast and Prophet on the same windows. Writes bench/results/forecast.md; `--parts` measures some parts of
 * it and leaves the others as they stand. An hour.
 * `--half development` measures loads within their first halves alone, without the competition, and writes nothing.
 */
export async function benchForecast(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: path.join(ROOT, 'data') },
      half: { type: 'string', default: 'scored' },
      parts: { type: 'string', default: PART_NAMES.join(',') },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.half !== 'scored' && values.half !== 'development') {
    throw new BadInputError(`--half ${values.half}: known are scored and development`);
  }
  const development = values.half === 'development';
  const wanted = partNames(values.parts).filter((name) => name !== 'contest' || !development);
  const python = await rivalPython();
  if (!python.ok) process.stderr.write(`without the models of other libraries: ${python.refusal}\n`);
  const terms = { data: values.data, development, python: python.ok ? python.value : undefined };
  const texts: Partial<Record<PartName, string>> = {};
  const figures: Record<string, unknown> = {};
  for (const name of wanted) {
    const measured = await MEASURE[name](terms);
    texts[name] = `${measured.text.trim()}\n\n${provenance()}`;
    figures[name] = measured.figures;
  }
  const standing = !development && existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : '';
  const page = pageOf(texts, standing);
  if (!development) writeFileSync(RESULTS, page);
  process.stdout.write(values.json ? `${JSON.stringify({ provenance: provenance(), ...figures })}\n` : page);
}

const MEASURE: Readonly<Record<PartName, (terms: Terms) => Promise<Measured>>> = {
  contest: contestPart,
  loads: loadsPart,
  leads: leadsPart,
};

async function contestPart({ data, python }: Terms): Promise<Measured> {
  const contest = await measureContest(data, python);
  const text = contest === undefined ? 'Absent: DIR/m4 (hourly series of the M4 competition).' : contestTable(contest);
  return { text, figures: contest ?? null };
}

async function loadsPart({ data, development, python }: Terms): Promise<Measured> {
  const measured = await measureLoads(seriesUnder(data), { firstHalves: development, python });
  const loads = measured.loads.map((load) => ({ ...load, models: Object.fromEntries(load.models) }));
  return { text: loadsText(measured), figures: { ...measured, loads } };
}

async function leadsPart({ data, development, python }: Terms): Promise<Measured> {
  const measured: MeasuredSeries[] = [];
  const hotPaths: MeasuredHotPath[] = [];
  for (const series of seriesUnder(data)) {
    measured.push(measureLeads(series, development));
    const hotPath = measureHotPath(series, development);
    if (hotPath !== undefined) hotPaths.push(hotPath);
    process.stderr.write(`${series.name}\n`);
  }
  const rivals = python === undefined ? undefined : await measureLeadRivals(measured, python);
  const unread = measured.filter(({ refused }) => refused !== undefined);
  const text = `Second halves; skill is relative to repeating the day or the week before, whichever erred less in the first half; within
is the share of targets inside the central interval of that level. A load's figures are those of
\`prescale accuracy --series\`.

${leadTables(measured)}

### What is known of an hour

Of loads whose steps divide five minutes: the accuracy of forecasts by their lead, beside that of the mean of the first
minutes of the hour which is forecast, taken for all of it. No forecaster has these minutes.

${knowableTable(measured.flatMap(({ knowable }) => knowable ?? []))}

### Other libraries at these leads

${leadRivalTable(measured, rivals)}

## What intervals and quantiles hold

${calibrationTables(measured, hotPaths)}

${unread.map(({ series, refused }) => `Not measured: ${series} (${refused}).`).join('\n')}`;
  const figures = measured.map(({ series, leads, knowable, refused }) => ({
    series,
    leads: Object.fromEntries(Object.entries(leads).map(([lead, one]) => [lead, one.figures])),
    knowable,
    refused,
  }));
  return { text, figures: { measured: figures, rivals: rivals?.map(plain) } };
}

const plain = ({ figures, ...rest }: LeadRival) => ({ ...rest, figures: Object.fromEntries(figures) });
