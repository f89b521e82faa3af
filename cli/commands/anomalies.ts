import { Command } from 'commander';
import { THRESHOLD } from '../../models/anomaly/detector.ts';
import { type Anomalies, type Anomaly, findAnomalies } from '../../models/anomaly/find-anomalies.ts';
import type { Measure } from '../../models/anomaly/measures.ts';
import { jsonLine } from '../json.ts';
import { load as asLoad } from '../page/format.ts';
import { type Readings, readReadings } from '../readings.ts';
import type { Shell } from '../shell.ts';
import { textTable } from '../table.ts';

interface AnomaliesOptions {
  readonly series: string;
  readonly column?: string;
  readonly json?: boolean;
}

/** `anomalies`: what is new in a file, row by row, as it would have been found while the rows came in. */
export const anomaliesCommand = (shell: Shell): Command =>
  new Command('anomalies')
    .summary('find what is unusual in a recorded series, from its past alone')
    .description(
      'Scores every row from 0 to 1 by how new it is given the rows before it, and calls it an anomaly from one threshold ' +
        'on, the same for every series. One event is reported once, and again when it grows. A missing value scores 0.',
    )
    .requiredOption('--series <file>', 'CSV or CSV.gz: a header, then timestamp or t_s in any rhythm, then values')
    .option('--column <name>', 'column of the values (default: the second)')
    .option('--json', 'JSON alone on standard output')
    .action((options: AnomaliesOptions) => run(options, shell))
    .addHelpText('after', '\nExample:\n  prescale anomalies --series cpu.csv');

function run({ series, column, json }: AnomaliesOptions, { terminal }: Shell): void {
  const readings = readReadings(series, column);
  terminal.progress('scoring …');
  const found = findAnomalies(readings);
  terminal.out(json === true ? jsonLine(jsonOf(readings, found)) : textOf(readings, found));
}

const jsonOf = ({ stamps }: Readings, { scores }: Anomalies) => ({
  threshold: THRESHOLD,
  points: stamps.map((timestamp, i) => {
    const score = scores[i]!;
    return { timestamp, score, anomaly: score >= THRESHOLD };
  }),
});

const WHY: Readonly<Record<Measure, string>> = {
  spike: 'far from what the last values and the season led to expect',
  'off-profile': 'for a while not what is usual at this time',
  shift: 'the level has moved',
  busy: 'moves more than usual',
  calm: 'moves less than usual',
  extreme: 'far from the usual level',
  jump: 'changed at once by more than usual',
};

function textOf({ file, column, stamps, values }: Readings, { anomalies }: Anomalies): string {
  const counted = `${file}, ${column}: ${anomalies.length} anomalies in ${stamps.length} rows`;
  if (anomalies.length === 0) return `${counted}\n`;
  const right = (title: string) => ({ title, align: 'right' as const });
  const left = (title: string) => ({ title, align: 'left' as const });
  return `${counted}\n\n${textTable(
    [left('time'), right('value'), right('expected from'), right('to'), right('score'), left('why')],
    anomalies.map((anomaly) => [stamps[anomaly.index]!, asLoad(values[anomaly.index]!), ...cellsOf(anomaly)]),
  )}`;
}

const cellsOf = ({ low, high, score, because }: Anomaly): readonly string[] => [
  asLoad(low),
  asLoad(high),
  score.toFixed(2),
  WHY[because],
];
