import { accept, type Result, refuse } from '../kernel/result.ts';

/** What is learned from: features by column, one target a row. */
export interface BoostData {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** How many rows each row counts as, ≥ 0, for the least leaf and `l2` too; all 1 unless told. */
  readonly weights?: Float64Array;
}

/** What is minimised: the squared error, or the pinball loss of a quantile in (0, 1). */
export type BoostLoss = 'squared' | { readonly quantile: number };

export interface BoostOptions {
  readonly loss: BoostLoss;
  /** Most trees. */
  readonly trees: number;
  /** Questions from root to leaf, 1…6. */
  readonly depth: number;
  /** Share of each tree's answer that is added, in (0, 1]. */
  readonly learningRate: number;
  /** Least sum of weights in a leaf, ≥ 1. */
  readonly leastLeafRows: number;
  /** Added to the sum of weights wherever a mean is taken of it; of a quantile it changes only where trees split. */
  readonly l2: number;
  /** Share of the rows that each tree sees, in (0, 1], drawn without replacement. */
  readonly rowShare: number;
  /** Share of the features that each tree sees, in (0, 1]; at least one. */
  readonly columnShare: number;
  /** Decides the draws, and nothing else. */
  readonly seed: number;
  /** Rows from `validFrom` on are not learned from; growth ends `patience` trees after their loss was lowest, there. */
  readonly earlyStop?: { readonly validFrom: number; readonly patience: number };
}

/** Why nothing can be learned. */
export type BoostRefusal =
  | { readonly kind: 'empty'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'uneven'; readonly where: string; readonly have: number; readonly need: number }
  | { readonly kind: 'not-finite'; readonly where: string; readonly row: number }
  | { readonly kind: 'no-weight'; readonly where: string }
  | { readonly kind: 'bad-option'; readonly option: string; readonly given: number; readonly need: string };

/** A task that can be learned, its weights and the end of the rows that are learned from filled in. */
export interface BoostTask {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly weights: Float64Array;
  /** Rows before it are learned from; those from it on tell when to stop. */
  readonly trainRows: number;
}

/** Checks data and options. Refuses at the first thing that is wrong; a column is named `column 3`. O(rows · columns). */
export function boostTask(data: BoostData, options: BoostOptions): Result<BoostTask, BoostRefusal> {
  const { columns, target } = data;
  const rows = target.length;
  if (rows === 0 || columns.length === 0) return refuse({ kind: 'empty', rows, columns: columns.length });
  const refusal = badColumn(data) ?? badOption(options, rows);
  if (refusal !== undefined) return refuse(refusal);
  const weights = data.weights ?? new Float64Array(rows).fill(1);
  const trainRows = options.earlyStop?.validFrom ?? rows;
  const weighs = (from: number, to: number): boolean => weights.subarray(from, to).some((weight) => weight > 0);
  if (!weighs(0, trainRows)) return refuse({ kind: 'no-weight', where: 'rows to learn from' });
  if (trainRows < rows && !weighs(trainRows, rows)) return refuse({ kind: 'no-weight', where: 'rows to stop by' });
  return accept({ columns, target, weights, trainRows });
}

function badColumn({ columns, target, weights }: BoostData): BoostRefusal | undefined {
  const all = [
    { where: 'target', values: target },
    ...columns.map((values, i) => ({ where: `column ${i}`, values })),
    ...(weights === undefined ? [] : [{ where: 'weights', values: weights }]),
  ];
  for (const { where, values } of all) {
    if (values.length !== target.length) return { kind: 'uneven', where, have: values.length, need: target.length };
    const row = where === 'weights' ? values.findIndex(notAWeight) : values.findIndex(notFinite);
    if (row >= 0) return { kind: 'not-finite', where, row };
  }
  return undefined;
}

const notFinite = (value: number): boolean => !Number.isFinite(value);

const notAWeight = (value: number): boolean => !(value >= 0 && value < Number.POSITIVE_INFINITY);

function badOption(options: BoostOptions, rows: number): BoostRefusal | undefined {
  const { loss, earlyStop } = options;
  const share = (x: number): boolean => x > 0 && x <= 1;
  const whole = (least: number, most: number) => (x: number) => Number.isInteger(x) && x >= least && x <= most;
  const rules: readonly [string, number, (x: number) => boolean, string][] = [
    ['quantile', loss === 'squared' ? 0.5 : loss.quantile, (x) => x > 0 && x < 1, 'between 0 and 1'],
    ['trees', options.trees, whole(1, 10_000), 'whole, 1 to 10000'],
    ['depth', options.depth, whole(1, 6), 'whole, 1 to 6'],
    ['learningRate', options.learningRate, share, 'above 0, at most 1'],
    ['leastLeafRows', options.leastLeafRows, (x) => x >= 1 && x < Number.POSITIVE_INFINITY, 'at least 1'],
    ['l2', options.l2, (x) => x >= 0 && x < Number.POSITIVE_INFINITY, 'at least 0'],
    ['rowShare', options.rowShare, share, 'above 0, at most 1'],
    ['columnShare', options.columnShare, share, 'above 0, at most 1'],
    ['seed', options.seed, Number.isSafeInteger, 'a whole number'],
    ['validFrom', earlyStop?.validFrom ?? 1, (x) => !earlyStop || whole(1, rows - 1)(x), `whole, 1 to ${rows - 1}`],
    ['patience', earlyStop?.patience ?? 1, whole(1, 10_000), 'whole, 1 to 10000'],
  ];
  const broken = rules.find(([, given, holds]) => !holds(given));
  return broken && { kind: 'bad-option', option: broken[0], given: broken[1], need: broken[3] };
}
