import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BadInputError } from '../../models/kernel/errors.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Folders of a data directory that hold loads of scaling groups, one file a series. */
const ROOMS = ['web', 'cpu', 'llm', 'nab'] as const;

/** One recorded load. */
export interface SeriesFile {
  readonly name: string;
  readonly file: string;
}

/** A load of the table that others can check themselves by. */
export interface ReferenceSeries extends SeriesFile {
  /** Name of the column that is the load. */
  readonly column: string;
}

/** Every series of a data directory. Throws `BadInputError` where it holds none of the folders that are looked at. */
export function seriesUnder(directory: string): readonly SeriesFile[] {
  const rooms = ROOMS.filter((room) => existsSync(path.join(directory, room)));
  if (rooms.length === 0) throw new BadInputError(`--data ${directory}: holds none of ${ROOMS.join(', ')}`);
  return rooms.flatMap((room) => {
    const folder = path.join(directory, room);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.name.endsWith('.csv.gz'));
    return files.map(({ name }) => ({ name: seriesName(name), file: path.join(folder, name) }));
  });
}

/** Those of them that are in the reference table, in its order. */
export function referenceAmong(series: readonly SeriesFile[]): readonly ReferenceSeries[] {
  const text = readFileSync(path.join(ROOT, 'data/reference/scaling-reference.json'), 'utf8');
  const reference = JSON.parse(text) as { series: readonly { name: string; column: string }[] };
  return reference.series.flatMap(({ name, column }) =>
    series.filter((one) => one.name === name).map((one) => ({ ...one, column })),
  );
}

/** Without the ending and the step. */
const seriesName = (file: string): string => file.replace(/\.csv\.gz$/, '').replace(/_\d+min$/, '');
