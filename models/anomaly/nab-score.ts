/** A stretch of rows, both ends included, in which an anomaly is to be found. */
export interface AnomalyWindow {
  readonly from: number;
  readonly to: number;
}

/** What one series is worth, before it is brought to the scale of 100. */
export interface NabTally {
  /** Sum over windows and false positives; each window is worth at most 1 and at least −1. */
  readonly raw: number;
  readonly windows: number;
  readonly found: number;
  readonly falsePositives: number;
}

/** What a false positive far from every window costs; a window found at its first row earns 1, a missed one costs 1. */
const FALSE_POSITIVE = 0.11;
const PROBATION_SHARE = 0.15;
const PROBATION_ROWS = 5000;

/** Rows at the beginning of a series whose detections count neither way. */
export const probationRows = (rows: number): number => Math.floor(PROBATION_SHARE * Math.min(rows, PROBATION_ROWS));

/**
 * Numenta's scoring of one series, standard profile: the earliest detection in a window earns between 1 (its first row)
 * and nearly 0 (its last), the others in it nothing; a detection outside costs up to 0.11, less shortly after a window;
 * a window without any costs 1. Needs: windows ascending, disjoint, within the rows. O(rows).
 * Source: A. Lavin & S. Ahmad, Evaluating Real-time Anomaly Detection Algorithms: the Numenta Anomaly Benchmark, ICMLA
 * 2015, and the order of operations of NAB 1.1's sweeper.
 */
export function nabTally(flags: ArrayLike<boolean | number>, windows: readonly AnomalyWindow[]): NabTally {
  let [raw, found, falsePositives] = [0, 0, 0];
  let next = 0;
  let caught = false;
  const close = (): void => {
    raw += caught ? 0 : -1;
    found += caught ? 1 : 0;
    caught = false;
    next++;
  };
  for (let i = probationRows(flags.length); i < flags.length; i++) {
    while (next < windows.length && windows[next]!.to < i) close();
    if (!flags[i]) continue;
    const window = windows[next];
    if (window === undefined || i < window.from) {
      raw += FALSE_POSITIVE * lateness(i, windows[next - 1]);
      falsePositives++;
    } else if (!caught) {
      raw += promptness(i, window);
      caught = true;
    }
  }
  while (next < windows.length) close();
  return { raw, windows: windows.length, found, falsePositives };
}

/** Tallies of several series on the scale where 100 is perfect and 0 is what no detection at all gets. NaN without windows. */
export function nabScore(tallies: readonly NabTally[]): number {
  const raw = tallies.reduce((sum, tally) => sum + tally.raw, 0);
  const windows = tallies.reduce((sum, tally) => sum + tally.windows, 0);
  return (100 * (raw + windows)) / (2 * windows);
}

/** From 1 far before the end of a window, through 0 at it, to −1 beyond three widths after it. */
const scaledSigmoid = (position: number): number => (position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);

/** What a detection in a window is worth: 1 at its first row. */
const promptness = (i: number, { from, to }: AnomalyWindow): number =>
  scaledSigmoid(-(to - i + 1) / (to - from + 1)) / scaledSigmoid(-1);

/** What a detection after a window is worth, before its weight: −1 where no window came before. */
const lateness = (i: number, before: AnomalyWindow | undefined): number =>
  before === undefined ? -1 : scaledSigmoid((i - before.to) / Math.max(1, before.to - before.from));
