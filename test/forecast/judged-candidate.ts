import type { Tuned } from '../../models/forecast/calibrate.ts';
import type { Candidate } from '../../models/forecast/candidate.ts';
import { mean } from '../../models/kernel/statistics.ts';

export interface Judged {
  /** Losses on the held-out days, of the peak; NaN for a day without a whole window. */
  readonly peaks: readonly number[];
  /** Errors of the paths; those of the peaks unless told. */
  readonly paths?: readonly number[];
  /** The load of each day; 0 unless told, so that no loss is negligible. */
  readonly load?: number;
}

/** A candidate by its losses on the held-out days, tuned to any number of them alike. */
export function judgedCandidate(name: string, { peaks, paths = peaks, load = 0 }: Judged): Candidate {
  const onNewest = (days: number): Tuned => ({
    correction: { alpha: 0, phi: 1 },
    power: 1,
    scores: new Float64Array(0),
    pinball: mean(peaks.slice(-days)),
    pathError: mean(paths.slice(-days)),
    daily: peaks.slice(-days).map((loss, i) => ({
      peak: Number.isNaN(loss) ? 0 : loss,
      windows: Number(!Number.isNaN(loss)),
      path: paths.slice(-days)[i]!,
      load,
    })),
    origins: 1,
  });
  return {
    forecaster: { name, path: () => ({ ok: false, refusal: { kind: 'no-signal', reason: 'never asked' } }) },
    tuned: onNewest(peaks.length),
    onNewest,
  };
}
