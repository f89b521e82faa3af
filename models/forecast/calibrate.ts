import { least } from '../kernel/least.ts';
import { ascending, mean } from '../kernel/statistics.ts';
import type { ErrorCorrection, PeakCalibration } from './artefact.ts';
import { conformalIndex, peakAt, pinball, scoreOf } from './conformal.ts';
import { meanAbsolute, meanAbsoluteError } from './metrics/mase.ts';
import { type HeldOutDay, type PeakPairs, peakPairs } from './rolling-origin.ts';

/** What was lost on one held-out day, in the unit of the load. */
export interface DayLoss {
  /** Mean pinball loss of the peak, over windows and levels; 0 where there was no window. */
  readonly peak: number;
  /** Windows whose peak was judged; none on a day that is shorter than a window. */
  readonly windows: number;
  /** Mean absolute error of the path of the day, as it was made before it. */
  readonly path: number;
  /** Mean absolute load of the day. */
  readonly load: number;
}

/** How a model's path is best followed and measured, and how well that did on days it was not tuned on. */
export interface Tuned {
  readonly correction: ErrorCorrection;
  readonly power: PeakCalibration['power'];
  /** Ascending scores of all held-out days. */
  readonly scores: Float64Array;
  /** Mean pinball loss over the levels, each day judged by the scores of the other days; unit of the load. */
  readonly pinball: number;
  /** Mean absolute error of the path of a held-out day, made before it, over the days that hold a window; unit of the load. */
  readonly pathError: number;
  /** What was lost on each held-out day, oldest first. */
  readonly daily: readonly DayLoss[];
  readonly origins: number;
}

export interface TuneTerms {
  readonly windowSteps: number;
  readonly stride: number;
  /** Levels at which the quantiles have to be good. */
  readonly levels: readonly number[];
}

const ALPHAS = [0.1, 0.25, 0.5, 0.75, 1] as const;
const PHIS = [0.8, 0.9, 0.95, 0.98, 1] as const;
const POWERS = [0, 0.5, 1] as const;

const CORRECTIONS: readonly ErrorCorrection[] = [
  { alpha: 0, phi: 1 },
  ...ALPHAS.flatMap((alpha) => PHIS.map((phi) => ({ alpha, phi }))),
];

/**
 * Chooses α, φ and the scale of the scores by cross-validation over the held-out days: each day's quantiles come from
 * the scores of the other days, so that no day is judged by itself. The scores kept are those of all days under the
 * choice; three numbers tuned on some thousand origins leave next to nothing of that choice in them.
 * First the correction on the square-root scale, then the scale for that correction: 28 trials. Deterministic.
 * Cost: O(trials · days · origins · log origins).
 */
export function tune(days: readonly HeldOutDay[], terms: TuneTerms): Tuned {
  const tried = (correction: ErrorCorrection): { correction: ErrorCorrection; pairs: readonly PeakPairs[] } => ({
    correction,
    pairs: days.map((day) => peakPairs(day, correction, terms)),
  });
  const { correction, pairs } = least(CORRECTIONS.map(tried), (trial) =>
    pooled(losses(trial.pairs, 0.5, terms.levels)),
  );
  const power = least([...POWERS], (candidate) => pooled(losses(pairs, candidate, terms.levels)));
  const scores = ascending(pairs.flatMap((day) => [...scoresOf(day, power)]));
  const lossesOfDays = losses(pairs, power, terms.levels);
  const daily = days.map((day, i) => dayLoss(day, lossesOfDays[i]!, terms));
  return {
    correction,
    power,
    scores,
    pinball: pooled(lossesOfDays),
    pathError: mean(daily.filter(({ windows }) => windows > 0).map(({ path }) => path)),
    daily,
    origins: scores.length,
  };
}

/** The path says more than the day: one window beyond its end, for the peaks of its last steps. */
function dayLoss({ path, actual }: HeldOutDay, losses: Float64Array, { windowSteps, levels }: TuneTerms): DayLoss {
  const day = actual.subarray(0, path.length - windowSteps);
  return {
    peak: losses.length === 0 ? 0 : mean(losses),
    windows: losses.length / levels.length,
    path: meanAbsoluteError(day, path),
    load: meanAbsolute(day),
  };
}

const scoresOf = ({ expected, actual }: PeakPairs, power: PeakCalibration['power']): Float64Array =>
  expected.map((peak, i) => scoreOf(actual[i]!, peak, power));

/** Pinball losses of each day, judged by the others; a single day has no others and is judged by itself. */
function losses(
  pairs: readonly PeakPairs[],
  power: PeakCalibration['power'],
  levels: readonly number[],
): readonly Float64Array[] {
  const scores = pairs.map((day) => scoresOf(day, power));
  return pairs.map(({ expected, actual }, d) => {
    const others = scores.length === 1 ? scores : scores.filter((_, other) => other !== d);
    const sorted = concatenated(others).sort();
    const ofDay = new Float64Array(levels.length * expected.length);
    levels.forEach((level, l) => {
      const score = sorted[conformalIndex(sorted.length, level)]!;
      for (let i = 0; i < expected.length; i++) {
        ofDay[l * expected.length + i] = pinball(actual[i]!, peakAt(expected[i]!, score, power), level);
      }
    });
    return ofDay;
  });
}

/** Mean over all days' losses. */
function pooled(days: readonly Float64Array[]): number {
  let [sum, count] = [0, 0];
  for (const day of days) {
    for (const loss of day) sum += loss;
    count += day.length;
  }
  return sum / count;
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
