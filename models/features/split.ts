/** Rows [from, to). */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

/** Rows in order of time: what is learned from, what is chosen by, what is looked at once. */
export interface TimeSplit {
  readonly train: RowSpan;
  readonly valid: RowSpan;
  readonly test: RowSpan;
}

/** Shares of the rows that are learned from and chosen by; the rest is the test. */
const TRAIN_SHARE = 0.8;
const VALID_SHARE = 0.1;

/**
 * 80/10/10 in time. The first `gap` rows of the second and third part are left out: their targets lie so close after the
 * part before that what was learned there has seen them. Parts may be empty where there are few rows. O(1).
 */
export function splitInTime(rows: number, gap = 0): TimeSplit {
  const first = Math.floor(rows * TRAIN_SHARE);
  const second = Math.floor(rows * (TRAIN_SHARE + VALID_SHARE));
  return {
    train: { from: 0, to: first },
    valid: { from: Math.min(first + gap, second), to: second },
    test: { from: Math.min(second + gap, rows), to: rows },
  };
}

/** One fold: learned from the first, judged by the second. */
export interface Fold {
  readonly train: RowSpan;
  readonly valid: RowSpan;
}

/**
 * Rolling origins: `folds` stretches of equal length at the end of the rows, each judged by what came before it less
 * `gap` rows. Fewer where the first would have nothing to learn from. O(folds).
 * Source: Tashman, Int. J. of Forecasting 16 (2000); time-series cross-validation, FPP3 §5.10.
 */
export function rollingFolds(
  rows: number,
  { folds, gap = 0 }: { readonly folds: number; readonly gap?: number },
): readonly Fold[] {
  const length = Math.floor(rows / (folds + 1));
  return Array.from({ length: folds }, (_, k) => {
    const from = rows - (folds - k) * length;
    return { train: { from: 0, to: from - gap }, valid: { from, to: from + length } };
  }).filter(({ train, valid }) => train.to > 0 && valid.to > valid.from);
}
