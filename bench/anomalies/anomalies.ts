import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { THRESHOLD } from '../../models/anomaly/detector.ts';
import { findAnomalies } from '../../models/anomaly/find-anomalies.ts';
import { type NabTally, nabScore, nabTally } from '../../models/anomaly/nab-score.ts';
import { provenance } from '../provenance.ts';
import { halfOf } from './halves.ts';
import { type LabelledSeries, labelledSeries } from './labelled.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const RESULTS = path.join(ROOT, 'bench/results/anomalies.md');
/** Other thresholds, to show how much the choice of the one matters. */
const OTHERS = [0.4, 0.45, 0.5, 0.55, 0.6];

interface Row {
  readonly name: string;
  readonly half: 'development' | 'held-out';
  readonly rows: number;
  readonly msPerThousand: number;
  /** Tallies at each of `OTHERS`. */
  readonly tallies: readonly NabTally[];
}

const AT_THRESHOLD = OTHERS.indexOf(THRESHOLD);

/** Numenta's score of the detector on the recorded series with labels, in one configuration and at one threshold. */
export function benchAnomalies(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: path.join(ROOT, 'data') },
      half: { type: 'string', default: 'both' },
    },
  });
  const wanted = labelledSeries(path.join(values.data, 'nab')).filter(
    ({ name }) => values.half === 'both' || halfOf(name) === values.half,
  );
  if (wanted.length === 0) {
    process.stdout.write('absent: nab/labels.csv and the series that it names; nothing to measure\n');
    return;
  }
  const text = page(wanted.map(rowOf));
  process.stdout.write(text);
  if (values.half === 'both') writeFileSync(RESULTS, text);
}

function rowOf({ name, readings, windows }: LabelledSeries): Row {
  const began = performance.now();
  const { scores } = findAnomalies(readings);
  const spent = performance.now() - began;
  return {
    name,
    half: halfOf(name),
    rows: scores.length,
    msPerThousand: (spent / scores.length) * 1000,
    tallies: OTHERS.map((threshold) =>
      nabTally(
        scores.map((score) => (score >= threshold ? 1 : 0)),
        windows,
      ),
    ),
  };
}

const scoreOf = (rows: readonly Row[], at = AT_THRESHOLD): string =>
  nabScore(rows.map((row) => row.tallies[at]!)).toFixed(1);

function page(rows: readonly Row[]): string {
  const of = (half: Row['half']): readonly Row[] => rows.filter((row) => row.half === half);
  const sets: readonly (readonly [string, readonly Row[]])[] = [
    ['all', rows],
    ['development half', of('development')],
    ['held-out half', of('held-out')],
  ];
  const present = sets.filter(([, some]) => some.length > 0);
  return `# Anomalies, online

Numenta's scoring, standard profile, of the detector of \`models/anomaly/\` on the recorded series with labels: the first
15 % of a series (at most 750 rows) are left out, the earliest detection in a window earns up to 1, a missed window costs
1, a false positive up to 0.11; 100 is perfect, 0 is silence. One configuration and one threshold (${THRESHOLD}) for all. The
detector was made on the development half and on series with anomalies put in; which files are in which half is said by
the hash of their names (\`bench/anomalies/halves.ts\`). Published on the whole benchmark, 58 series, so comparable only
roughly: ARTime 74.9, Numenta HTM 70, random cut forest 51.7, windowed Gaussian 39.6, random 11.
\`npm run bench -- anomalies --data DIR\`, \`DIR/nab/\` (one of its series is shipped; labels are not).

| | series | windows | **score** | ${OTHERS.map((t) => `at ${t}`).join(' | ')} |
| --- | ---: | ---: | ---: | ${OTHERS.map(() => '---:').join(' | ')} |
${present.map(([name, some]) => setLine(name, some)).join('\n')}

| series | half | rows | windows found | false positives | score | ms per 1,000 rows |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.map(seriesLine).join('\n')}

${provenance()}
`;
}

function setLine(name: string, rows: readonly Row[]): string {
  const windows = rows.reduce((sum, row) => sum + row.tallies[AT_THRESHOLD]!.windows, 0);
  const others = OTHERS.map((_, at) => scoreOf(rows, at)).join(' | ');
  return `| ${name} | ${rows.length} | ${windows} | **${scoreOf(rows)}** | ${others} |`;
}

function seriesLine(row: Row): string {
  const { found, windows, falsePositives } = row.tallies[AT_THRESHOLD]!;
  return `| ${row.name} | ${row.half} | ${row.rows} | ${found} of ${windows} | ${falsePositives} | ${scoreOf([row])} | ${row.msPerThousand.toFixed(1)} |`;
}
