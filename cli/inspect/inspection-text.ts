import type { Anatomy, Learnable, LearnableRefusal } from '../../models/features/inspect-load.ts';
import type { Result } from '../../models/kernel/result.ts';
import type { Series } from '../../models/kernel/series.ts';
import { isoOf } from '../moment.ts';
import { load as asLoad } from '../page/format.ts';
import { textTable } from '../table.ts';

/** What an inspection found. */
export interface Inspection {
  readonly trace: string;
  readonly column: string;
  /** Steps ahead. */
  readonly lead: number;
  /** Blank steps of the file that was looked at. */
  readonly blank: number;
  readonly anatomy: Anatomy;
  readonly learned: Result<Learnable, LearnableRefusal>;
  /** The stretch after the last long gap: what everything but `blank` is about. */
  readonly history: Series;
}

/** An inspection as plain data. */
export function inspectionJson({ trace, column, lead, blank, anatomy, learned, history }: Inspection): unknown {
  const { shifts, ...counts } = anatomy;
  return {
    trace,
    column,
    stepSeconds: history.stepMs / 1000,
    lead,
    blank,
    ...counts,
    shifts: shifts.map(({ at, ratio }) => ({ at: isoOf(momentOf(history, at)), ratio })),
    learned: learned.ok ? learned.value : null,
    refused: learned.ok ? null : inWords(learned.refusal),
  };
}

const momentOf = ({ startMs, stepMs }: Series, step: number): number => startMs + step * stepMs;

const inWords = (refusal: LearnableRefusal): string => {
  if (refusal.kind === 'no-signal') return refusal.reason;
  return refusal.kind === 'too-short'
    ? `${refusal.have} steps, ${refusal.need} needed`
    : `step ${refusal.index} is not a number`;
};

/** An inspection in words and tables. */
export function inspectionText(inspection: Inspection): string {
  const { trace, column, blank, anatomy, history } = inspection;
  const { steps, zeros, outliers, power, shifts } = anatomy;
  const lines = [
    `${trace}, ${column}: ${steps} steps of ${history.stepMs / 1000} s after the last long gap, ${zeros} of them 0; ${blank} blank in all\n`,
    `outliers: ${outliers.local} to their neighbours, ${outliers.seasonal} to their time of day; ${outliers.replaced} would be repaired`,
    `the spread is evened out by the power ${power.lambda.toFixed(2)} of the load (1 as it is, 0 the logarithm)`,
    ...(shifts.length === 0 ? ['no lasting change of level'] : []),
    ...shifts.map(
      ({ at, ratio }) => `the level changed to ${percent(ratio)} of what it was at ${isoOf(momentOf(history, at))}`,
    ),
  ];
  return `${lines.join('\n')}\n\n${learnedText(inspection)}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function learnedText({ lead, learned }: Inspection): string {
  if (!learned.ok) return `nothing is learned ${lead} step(s) ahead: ${inWords(learned.refusal)}\n`;
  const { features, shape, budget, test, naive, rows } = learned.value;
  const right = (title: string) => ({ title, align: 'right' as const });
  const table = textTable(
    [{ title: 'feature', align: 'left' }, right('information'), right('importance')],
    features.map(({ name, information, importance }) => [name, `${information.toFixed(3)} nat`, percent(importance)]),
  );
  const against = [
    `the newest value ${asLoad(naive.lastValue)}`,
    ...(naive.dayBefore === undefined ? [] : [`the day before ${asLoad(naive.dayBefore)}`]),
  ];
  return [
    `learned ${lead} step(s) ahead from ${rows} rows; information from the first 80 %, importance on the next 10 %:\n`,
    table,
    `mean absolute error on the last 10 %: ${asLoad(test.error)} (${against.join(', ')})`,
    `${shape.trees} trees of depth ${shape.depth}, rate ${shape.learningRate}, least leaf ${shape.leastLeafRows}: the best of ${budget.trials} of ${budget.points} shapes, ${budget.fits} fits\n`,
  ].join('\n');
}
