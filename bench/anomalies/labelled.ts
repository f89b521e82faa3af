import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Readings, readReadings } from '../../cli/readings.ts';
import type { AnomalyWindow } from '../../models/anomaly/nab-score.ts';
import { BadInputError } from '../../models/kernel/errors.ts';

/** A recorded series and the stretches in which people saw an anomaly. */
export interface LabelledSeries {
  readonly name: string;
  readonly readings: Readings;
  readonly windows: readonly AnomalyWindow[];
}

/** Every series of a folder that `labels.csv` (file,kind,start,end) has windows for; empty where there is none. */
export function labelledSeries(folder: string): readonly LabelledSeries[] {
  const labels = path.join(folder, 'labels.csv');
  if (!existsSync(labels)) return [];
  const windows = readFileSync(labels, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
    .filter(([, kind]) => kind === 'window');
  return readdirSync(folder)
    .filter((name) => windows.some(([file]) => file === name))
    .sort()
    .map((name) => {
      const readings = readReadings(path.join(folder, name));
      const own = windows.filter(([file]) => file === name).map(([, , from = '', to = '']) => rows(readings, from, to));
      return { name, readings, windows: own.sort((a, b) => a.from - b.from) };
    });
}

function rows({ file, ms }: Readings, from: string, to: string): AnomalyWindow {
  const window = {
    from: ms.findIndex((stamp) => stamp >= Date.parse(from)),
    to: ms.findLastIndex((stamp) => stamp <= Date.parse(to)),
  };
  if (window.from >= 0 && window.to >= window.from) return window;
  throw new BadInputError(`${file}: no row lies between ${from} and ${to}; the labels are of another file`);
}
