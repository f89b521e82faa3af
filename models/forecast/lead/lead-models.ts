import { fitTrees } from '../../boost/boosted-trees.ts';
import { predictAll } from '../../boost/tree-ensemble.ts';
import { leastSquares } from '../../kernel/least-squares.ts';
import { type LeadRows, TIME_COLUMNS } from './lead-rows.ts';

/** Rows that a model learns from, [0, `known`), and those that it answers for, [`from`, `to`). */
export interface LeadSpan {
  readonly known: number;
  readonly from: number;
  readonly to: number;
}

/** A model of the load at one lead: it learns from rows whose target is known, and answers for later ones. */
export interface LeadModel {
  readonly name: string;
  /** Loads of the rows [from, to); undefined where too little is known. */
  answer(span: LeadSpan): Float64Array | undefined;
}

/** The seasons repeated: what other models must be better than. */
const DAY_BEFORE = 'seasonal-naive-day';
const WEEK_BEFORE = 'seasonal-naive-week';

/** Whether a model only repeats a season. */
export const isYardstick = (name: string): boolean => name === DAY_BEFORE || name === WEEK_BEFORE;

/** Rows that must be known before anything is learned from them. */
const LEAST_ROWS = 48;

/** More of the newest rows than this teach nothing that is worth the time. */
const MOST_ROWS = 20_000;

/** Below this share of its level a load is as good as none, to the logarithm. */
const FLOOR = 0.02;

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

/** A load relative to the level of its row, on a scale where rows are alike, and back. */
interface RelativeScale {
  readonly to: (load: number, level: number) => number;
  readonly from: (value: number, level: number) => number;
}

const RATIO: RelativeScale = {
  to: (load, level) => load / level - 1,
  from: (value, level) => (value + 1) * level,
};

const LOGARITHM: RelativeScale = {
  to: (load, level) => Math.log(load / level + FLOOR),
  from: (value, level) => (Math.exp(value) - FLOOR) * level,
};

/** Rows as models learn from them. */
interface Scaled {
  readonly columns: readonly Float64Array[];
  /** What lies half-way between the day before and the week before: models learn what is left beside it. */
  readonly base: Float64Array;
  readonly rest: Float64Array;
  readonly back: (row: number, rest: number) => number;
}

function scaledRows(rows: LeadRows, scale: RelativeScale): Scaled {
  const level = rows.level.map((value) => Math.max(value, Number.MIN_VALUE * 2 ** 60));
  const to = (column: Float64Array): Float64Array => column.map((load, i) => scale.to(load, level[i]!));
  const loads = rows.columns.length - TIME_COLUMNS;
  const [day, week, newest, actual] = [to(rows.day), to(rows.week), to(rows.newest), to(rows.actual)];
  const base = day.map((value, i) => (value + week[i]!) / 2);
  const less = (one: Float64Array, other: Float64Array): Float64Array => one.map((value, i) => value - other[i]!);
  const off = [less(newest, to(rows.newestDay)), less(newest, to(rows.newestWeek))];
  return {
    columns: [base, ...off, ...rows.columns.map((column, j) => (j < loads ? less(to(column), base) : column))],
    base,
    rest: less(actual, base),
    back: (row, rest) => Math.max(0, scale.from(rest + base[row]!, level[row]!)),
  };
}

/**
 * The models of a lead: the day before, the week before, the newest step, the usual day, the week's level, a ridge
 * regression of the load and of its logarithm, and boosted trees of least absolute error. The learning ones correct half
 * the day before and half the week before. Cost of an answer: O(rows · columns²) for a regression; 40 ms for 1,000 rows of
 * trees.
 */
export function leadModels(rows: LeadRows): readonly LeadModel[] {
  const [ratio, logarithm] = [scaledRows(rows, RATIO), scaledRows(rows, LOGARITHM)];
  return [
    { name: DAY_BEFORE, answer: ({ from, to }) => rows.day.subarray(from, to) },
    { name: WEEK_BEFORE, answer: ({ from, to }) => rows.week.subarray(from, to) },
    { name: 'newest', answer: ({ from, to }) => rows.newest.subarray(from, to) },
    { name: 'usual-day', answer: ({ from, to }) => rows.usual.subarray(from, to) },
    { name: 'level', answer: ({ from, to }) => rows.level.subarray(from, to) },
    { name: 'regression', answer: (span) => regressed(ratio, span) },
    { name: 'regression-log', answer: (span) => regressed(logarithm, span) },
    { name: 'trees', answer: (span) => grown(ratio, rows.level, span) },
  ];
}

/** The newest rows before `known` whose target was observed. */
const learnable = ({ rest }: Scaled, known: number): Int32Array =>
  Int32Array.from({ length: known }, (_, i) => i)
    .filter((i) => Number.isFinite(rest[i]!))
    .slice(-MOST_ROWS);

const taken = (column: Float64Array, rows: Int32Array): Float64Array => Float64Array.from(rows, (row) => column[row]!);

function regressed(scaled: Scaled, { known, from, to }: LeadSpan): Float64Array | undefined {
  const used = learnable(scaled, known);
  if (used.length < LEAST_ROWS) return undefined;
  const columns = scaled.columns.map((column) => taken(column, used));
  const constant = new Float64Array(used.length).fill(1);
  const weights = leastSquares([...columns, constant], taken(scaled.rest, used), RIDGE);
  if (!weights.ok) return undefined;
  const b = weights.value;
  return Float64Array.from({ length: to - from }, (_, i) => {
    const row = from + i;
    const rest = scaled.columns.reduce((sum, column, j) => sum + b[j]! * column[row]!, b[b.length - 1]!);
    return scaled.back(row, rest);
  });
}

function grown(scaled: Scaled, level: Float64Array, { known, from, to }: LeadSpan): Float64Array | undefined {
  const used = learnable(scaled, known);
  if (used.length < LEAST_ROWS) return undefined;
  const columns = scaled.columns.map((column) => taken(column, used));
  const fitted = fitTrees({ columns, target: taken(scaled.rest, used), weights: taken(level, used) }, TREES);
  if (!fitted.ok) return undefined;
  const asked = scaled.columns.map((column) => column.subarray(from, to));
  return predictAll(fitted.value, asked).map((rest, i) => scaled.back(from + i, rest));
}
