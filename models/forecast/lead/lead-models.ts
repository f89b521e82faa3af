import { fitTrees } from '../../boost/boosted-trees.ts';
import { predictAll } from '../../boost/tree-ensemble.ts';
import { leastAbsolute } from '../../kernel/least-absolute.ts';
import { PRETRAINED } from '../pretrained/lead-trees.ts';
import type { LeadGrid } from './lead-grid.ts';
import type { LeadModel, LeadSpan } from './lead-model.ts';
import type { LeadPaths, LeadRows } from './lead-rows.ts';
import { thetaModel } from './lead-theta.ts';
import { LOGARITHM, RATIO, type ScaledRows, scaledRows } from './scaled-rows.ts';

/** The seasons repeated: what other models must be better than. */
const DAY_BEFORE = 'seasonal-naive-day';
const WEEK_BEFORE = 'seasonal-naive-week';

/** Whether a model only repeats a season. */
export const isYardstick = (name: string): boolean => name === DAY_BEFORE || name === WEEK_BEFORE;

/** Rows that must be known before anything is learned from them. */
const LEAST_ROWS = 48;

/** More of the newest rows than this teach nothing that is worth the time. */
const MOST_ROWS = 20_000;

/** Added to the mean squares of the regressors, which are far below 1. */
const RIDGE = 1e-2;

const TREES = {
  loss: { quantile: 0.5 },
  trees: 80,
  depth: 4,
  learningRate: 0.1,
  leastLeafRows: 12,
  l2: 1,
  rowShare: 0.7,
  columnShare: 0.5,
  seed: 1,
} as const;

const PATHS: readonly (readonly [name: string, path: keyof LeadPaths])[] = [
  [DAY_BEFORE, 'day'],
  [WEEK_BEFORE, 'week'],
  ['newest', 'newest'],
  ['usual-day', 'usual'],
  ['level-day', 'dayLevel'],
  ['middle', 'middle'],
  ['risen', 'risen'],
];

/**
 * The models of a lead: seven that need no fit (`LeadPaths`), Theta (lead-theta.ts), ridge regressions of the load and of
 * its logarithm that outliers do not pull, and boosted trees of least absolute error of the logarithm, which correct half the
 * day before and half the week before. Where it is known what was learned elsewhere (`pretrained`, a load a row), that as
 * well, and the three that learn once more, correcting it: a load that repeats itself exactly is better known by itself.
 * Cost of an answer: O(rows · columns²) for a regression; 40 ms for 1,000 rows of trees.
 */
export function leadModels(
  rows: LeadRows,
  grid: Pick<LeadGrid, 'day' | 'lead'>,
  pretrained?: Float64Array,
): readonly LeadModel[] {
  return [
    ...PATHS.map(([name, path]) => saying(name, rows[path])),
    thetaModel(rows, grid),
    ...learning(rows, ''),
    ...(pretrained === undefined
      ? []
      : [saying(PRETRAINED, pretrained), ...learning(rows, `${PRETRAINED}-`, pretrained)]),
  ];
}

/** Models that learn what is left beside a base. */
function learning(rows: LeadRows, prefix: string, said?: Float64Array): readonly LeadModel[] {
  const [ratio, logarithm] = [scaledRows(rows, RATIO, said), scaledRows(rows, LOGARITHM, said)];
  return [
    { name: `${prefix}regression`, answer: (span) => regressed(ratio, span) },
    { name: `${prefix}regression-log`, answer: (span) => regressed(logarithm, span) },
    { name: `${prefix}trees`, answer: (span) => grown(logarithm, rows.level, span) },
  ];
}

/** A model that says what was computed for each row. */
const saying = (name: string, path: Float64Array): LeadModel => ({
  name,
  answer: ({ from, to }: LeadSpan) => path.subarray(from, to),
});

/** The newest rows before `known` whose target was observed. */
const learnable = ({ rest }: ScaledRows, known: number): Int32Array =>
  Int32Array.from({ length: known }, (_, i) => i)
    .filter((i) => Number.isFinite(rest[i]!))
    .slice(-MOST_ROWS);

const taken = (column: Float64Array, rows: Int32Array): Float64Array => Float64Array.from(rows, (row) => column[row]!);

function regressed(scaled: ScaledRows, { known, from, to }: LeadSpan): Float64Array | undefined {
  const used = learnable(scaled, known);
  if (used.length < LEAST_ROWS) return undefined;
  const columns = scaled.columns.map((column) => taken(column, used));
  const constant = new Float64Array(used.length).fill(1);
  const weights = leastAbsolute([...columns, constant], taken(scaled.rest, used), RIDGE);
  if (!weights.ok) return undefined;
  const b = weights.value;
  return Float64Array.from({ length: to - from }, (_, i) => {
    const row = from + i;
    const rest = scaled.columns.reduce((sum, column, j) => sum + b[j]! * column[row]!, b[b.length - 1]!);
    return scaled.back(row, rest);
  });
}

function grown(scaled: ScaledRows, level: Float64Array, { known, from, to }: LeadSpan): Float64Array | undefined {
  const used = learnable(scaled, known);
  if (used.length < LEAST_ROWS) return undefined;
  const columns = scaled.columns.map((column) => taken(column, used));
  const fitted = fitTrees({ columns, target: taken(scaled.rest, used), weights: taken(level, used) }, TREES);
  if (!fitted.ok) return undefined;
  const asked = scaled.columns.map((column) => column.subarray(from, to));
  return predictAll(fitted.value, asked).map((rest, i) => scaled.back(from + i, rest));
}
