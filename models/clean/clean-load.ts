import { accept, type Result, refuse } from '../kernel/result.ts';
import { type EpochMs, instant } from '../kernel/series.ts';
import { doubtedZeros } from './doubted-zeros.ts';
import { type CleanLoad, type MissingMeaning, QUALITY, type Samples } from './load.ts';

/** How raw samples are to be read. */
export interface CleanOptions {
  /** Grid on which the load is kept; sample stamps are multiples of it. */
  readonly stepMs: number;
  readonly asOfMs: EpochMs;
  /** Nothing before this instant is kept. */
  readonly fromMs: EpochMs;
  /** Periods that ended later than asOf less this are partial or absent, and never looked at. */
  readonly publicationDelayMs: number;
  readonly missing: MissingMeaning;
  /**
   * Where missing means zero: silence at the end that has no precedent in the window stays unknown for at most so many steps.
   * @default 0
   */
  readonly doubtSteps?: number;
  /** Gaps of at most so many steps are filled for the forecast. */
  readonly maxFillSteps: number;
  /** 1 where the sample is a lower bound only; aligned with the samples. */
  readonly censored?: Uint8Array;
}

/** Why samples cannot be made into a load. */
export type CleanRefusal =
  | { readonly kind: 'empty'; readonly reason: string }
  | { readonly kind: 'off-grid'; readonly reason: string };

/**
 * Raw samples → total load on a regular grid, every step with its provenance.
 *
 * Uses only periods that ended at or before asOf − publicationDelay. Of duplicates the last wins; negative and
 * non-finite samples are rejected and counted. A period without a sample is zero where the metric says so: all that is
 * looked at is past its publication delay; `doubtedZeros` tells silence that may be an outage. Otherwise inner gaps of at most `maxFillSteps` are filled linearly, longer
 * ones stay NaN and move `fitFrom`, and a gap at the end is never filled: it is what blindness is seen by.
 * Refuses: no period in the window, no sample at all where missing is unknown, a stamp off the grid.
 * Cost: O(samples + steps). The input is untouched.
 */
export function cleanLoad(samples: Samples, options: CleanOptions): Result<CleanLoad, CleanRefusal> {
  const { stepMs } = options;
  const startMs = Math.ceil(options.fromMs / stepMs) * stepMs;
  const endMs = Math.floor((options.asOfMs - options.publicationDelayMs) / stepMs) * stepMs;
  const steps = Math.round((endMs - startMs) / stepMs);
  if (steps <= 0) return refuse({ kind: 'empty', reason: 'no period of the metric has been published yet' });

  const grid = onGrid(samples, { ...options, startMs, steps });
  if (grid.offGridMs !== undefined) {
    const reason = `a sample at ${grid.offGridMs} ms does not fall on the grid of ${stepMs / 1000} s: is the metric's period the policy's?`;
    return refuse({ kind: 'off-grid', reason });
  }
  if (grid.first < 0 && options.missing === 'unknown') {
    return refuse({ kind: 'empty', reason: 'the metric has no samples in the window' });
  }
  const believed = options.missing === 'zero' ? steps - doubtedZeros(grid.quality, options.doubtSteps ?? 0) : undefined;
  const gaps = believed === undefined ? filled(grid, options.maxFillSteps) : zeroed(grid, believed);
  const last = believed === undefined ? grid.last : believed - 1;
  return accept({
    series: { startMs: instant(startMs), stepMs, values: grid.values, mayHaveBlanks: true },
    quality: grid.quality,
    fitFrom: gaps.fitFrom,
    freshUntilMs: instant(startMs + (last + 1) * stepMs),
    counts: countsOf(grid),
  });
}

interface Grid {
  readonly values: Float64Array;
  readonly quality: Uint8Array;
  /** Index of the first and the last observed step; −1 when there is none. */
  readonly first: number;
  readonly last: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly offGridMs: number | undefined;
}

interface GridOptions extends CleanOptions {
  readonly startMs: number;
  readonly steps: number;
}

const qualityOf = (censored: number | undefined): number => (censored === 1 ? QUALITY.censored : QUALITY.observed);

/** A load that can be: finite and not negative. */
const believable = (value: number): boolean => value >= 0 && value < Number.POSITIVE_INFINITY;

function onGrid(samples: Samples, { stepMs, startMs, steps, censored }: GridOptions): Grid {
  const values = new Float64Array(steps).fill(Number.NaN);
  const quality = new Uint8Array(steps).fill(QUALITY.blank);
  let [duplicates, rejected] = [0, 0];
  let offGridMs: number | undefined;
  for (let k = 0; k < samples.values.length && offGridMs === undefined; k++) {
    const i = (samples.timestampsMs[k]! - startMs) / stepMs;
    if (i < 0 || i >= steps) continue;
    if (!Number.isInteger(i)) offGridMs = samples.timestampsMs[k]!;
    else if (!believable(samples.values[k]!)) rejected++;
    else {
      duplicates += quality[i] === QUALITY.blank ? 0 : 1;
      values[i] = samples.values[k]!;
      quality[i] = qualityOf(censored?.[k]);
    }
  }
  const known = (q: number): boolean => q !== QUALITY.blank;
  return {
    values,
    quality,
    first: quality.findIndex(known),
    last: quality.findLastIndex(known),
    duplicates,
    rejected,
    offGridMs,
  };
}

/** Every blank step before `end` is zero load; a metric that is younger than the window is learned from its first sample on. */
function zeroed({ values, quality, first }: Grid, end: number): { readonly fitFrom: number } {
  for (let i = 0; i < end; i++) {
    if (quality[i] !== QUALITY.blank) continue;
    values[i] = 0;
    quality[i] = QUALITY.zeroed;
  }
  return { fitFrom: Math.max(0, first) };
}

/** Fills short inner gaps on the straight line between their ends; says where the stretch after the last long one begins. */
function filled({ values, quality, first, last }: Grid, maxFillSteps: number): { readonly fitFrom: number } {
  let fitFrom = first;
  let before = first;
  for (let i = first + 1; i <= last; i++) {
    if (quality[i] === QUALITY.blank) continue;
    const gap = i - before - 1;
    if (gap > maxFillSteps) fitFrom = i;
    else {
      const slope = (values[i]! - values[before]!) / (gap + 1);
      for (let k = 1; k <= gap; k++) {
        values[before + k] = values[before]! + slope * k;
        quality[before + k] = QUALITY.filled;
      }
    }
    before = i;
  }
  return { fitFrom };
}

function countsOf({ quality, duplicates, rejected }: Grid): CleanLoad['counts'] {
  const seen = [0, 0, 0, 0, 0];
  for (const q of quality) seen[q]!++;
  return {
    observed: seen[QUALITY.observed]!,
    filled: seen[QUALITY.filled]!,
    zeroed: seen[QUALITY.zeroed]!,
    blank: seen[QUALITY.blank]!,
    censored: seen[QUALITY.censored]!,
    duplicates,
    rejected,
  };
}
