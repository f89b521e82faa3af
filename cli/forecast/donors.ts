import { cleanedTail } from '../../models/clean/cleaned-tail.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import { DAYS_OF_ITS_OWN, isYoung } from '../../models/forecast/young.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type EpochMs, endOf, type GappedSeries, type Series } from '../../models/kernel/series.ts';
import { isoOf } from '../moment.ts';
import { isSame } from '../same-file.ts';
import { readTrace, type Trace } from '../trace.ts';

/**
 * The loads of other groups, cleaned as the one that is forecast. Where both files say when they were recorded, a donor is
 * cut at the trace's end: nothing later was known then. Throws `BadInputError` for the trace itself or a file that is named
 * twice, and where less than two days of a donor are left.
 */
export function donorsOf(
  files: readonly string[],
  { file, trace }: { readonly file: string; readonly trace: Trace },
): readonly Series[] {
  files.forEach((donor, i) => {
    if (isSame(donor, file)) throw bad(donor, 'is the trace itself; loads of other groups are needed');
    const twin = files.slice(0, i).find((earlier) => isSame(donor, earlier));
    if (twin !== undefined) throw bad(donor, `is the same file as ${twin}; each group once is needed`);
  });
  return files.map((donor) => donorOf(donor, trace));
}

function donorOf(file: string, trace: Trace): Series {
  const { series: whole, dated } = readTrace(file);
  const end = dated && trace.dated ? endOf(trace.series) : undefined;
  const series = end === undefined ? whole : knownAt(whole, end);
  const before = end === undefined ? '' : ` before the trace ends at ${isoOf(end)}`;
  if (isYoung(series)) throw bad(file, `${daysOf(series)} days lie${before}; ${DAYS_OF_ITS_OWN} are needed`);
  const cleaned = cleanedTail({ series, historySteps: series.values.length });
  const window = cleaned.ok ? fitWindow(cleaned.value) : cleaned;
  if (!window.ok) throw bad(file, typeof window.refusal === 'string' ? window.refusal : window.refusal.reason);
  if (!isYoung(window.value)) return window.value;
  throw bad(
    file,
    `${daysOf(window.value)} days lie after the last long gap${before === '' ? '' : ' and'}${before}; ${DAYS_OF_ITS_OWN} are needed`,
  );
}

/** The steps of a load that had ended at a moment, blanks at the end not counted. */
function knownAt(series: GappedSeries, end: EpochMs): GappedSeries {
  const { startMs, stepMs, values } = series;
  let to = Math.min(values.length, Math.max(0, Math.floor((end - startMs) / stepMs)));
  while (to > 0 && Number.isNaN(values[to - 1])) to--;
  return { ...series, values: values.subarray(0, to) };
}

const daysOf = ({ values, stepMs }: Series): number => Math.floor((values.length * stepMs) / 864_000) / 100;

const bad = (file: string, said: string): BadInputError => new BadInputError(`--donors ${file}: ${said}`, { file });
