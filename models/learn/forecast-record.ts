import type { DirectModel } from '../forecast/direct-model.ts';
import { outlookOf } from '../forecast/outlook.ts';
import { type EpochMs, endOf, instant, type Series } from '../kernel/series.ts';
import type { TrialTerms } from './trial-replay.ts';

/** How far forecasts one lead ahead were off on load that no fit had seen, beside seasons repeated; older errors fade. */
export interface ForecastRecord {
  /** A day, and a week once the history reaches back as far. */
  readonly seasons: readonly SeasonRecord[];
  /** An error of one step that moves no unit of capacity: half of what a unit carries in a step. */
  readonly slight: number;
  /** End of the load that it is about. */
  readonly judgedUntilMs: EpochMs;
}

/** The forecast and one season on the same steps. */
export interface SeasonRecord {
  readonly days: number;
  /** Faded sums of absolute errors, unit of the load, and the faded number of steps behind them. */
  readonly forecast: number;
  readonly repeated: number;
  readonly steps: number;
}

const DAY_MS = 86_400_000;

const SEASON_DAYS = [1, 7] as const;

/** Errors fade by half in this time, as the prices of the arms do. */
const HALF_LIFE_MS = 2 * DAY_MS;

/** Beyond this a forecast adds nothing to repeating a season (docs/evaluation.md §1.2). */
const WORST_SKILL = 1.02;

/** A season that never errs would make any forecast infinitely worse. */
const MOST_SKILL = 100;

/**
 * Adds to a record what the standing model and the seasons were off by since it was fitted, or since the record ends. The
 * forecast of a step is the median one lead before it, from what was known then. The record as it was where nothing new can
 * be judged. Cost: 0.03 ms a step since the fit.
 */
export function recordErrors(
  history: Series,
  standing: { readonly direct: DirectModel; readonly record?: ForecastRecord | undefined },
  { throughput }: TrialTerms,
): ForecastRecord | undefined {
  const { direct, record: before } = standing;
  const judgedMs = Math.max(direct.fittedAtMs, before?.judgedUntilMs ?? direct.fittedAtMs);
  const from = Math.round((judgedMs - history.startMs) / history.stepMs);
  const until = history.values.length;
  if (until <= from || from < 1) return before;
  const forecast = forecastErrors(history, direct, from);
  const kept = 0.5 ** (((until - from) * history.stepMs) / HALF_LIFE_MS);
  const seasons = SEASON_DAYS.flatMap((days) => {
    const lag = Math.round((days * DAY_MS) / history.stepMs);
    if (from < lag) return [];
    const old = before?.seasons.find((season) => season.days === days);
    return [added(forecast, { days, old, kept, errorAt: (i) => Math.abs(changeAt(history, from + i, lag)) })];
  });
  return { seasons, slight: throughput.perStep / 2, judgedUntilMs: endOf(history) };
}

const changeAt = ({ values }: Series, i: number, lag: number): number => values[i]! - values[i - lag]!;

interface Addition {
  readonly days: number;
  readonly old: SeasonRecord | undefined;
  /** What is left of the old sums. */
  readonly kept: number;
  /** What repeating the season is off by at the i-th new step. */
  readonly errorAt: (i: number) => number;
}

/** One season's record with the steps that have a forecast. */
function added(forecastErrors: Float64Array, { days, old, kept, errorAt }: Addition): SeasonRecord {
  let forecast = kept * (old?.forecast ?? 0);
  let repeated = kept * (old?.repeated ?? 0);
  let steps = kept * (old?.steps ?? 0);
  forecastErrors.forEach((error, i) => {
    if (Number.isNaN(error)) return;
    forecast += error;
    repeated += errorAt(i);
    steps++;
  });
  return { days, forecast, repeated, steps };
}

/** What the model's median was off by at each step from `from` on; NaN where it had said nothing a lead before. */
function forecastErrors(history: Series, direct: DirectModel, from: number): Float64Array {
  const fittedAt = Math.round((direct.fittedAtMs - history.startMs) / history.stepMs);
  const first = Math.max(0, fittedAt - 1);
  const { memoryHorizon } = direct;
  const lead = direct.horizons[memoryHorizon]!.steps;
  return Float64Array.from({ length: history.values.length - from }, (_, i) => {
    const known = from + i - lead + 1;
    if (known < fittedAt || known <= first) return Number.NaN;
    const values = history.values.subarray(first, known);
    const startMs = instant(history.startMs + first * history.stepMs);
    const seen = outlookOf(direct, { startMs, stepMs: history.stepMs, values, mayHaveBlanks: true });
    return seen.ok ? Math.abs(history.values[from + i]! - seen.value.quantile(memoryHorizon, 0.5)) : Number.NaN;
  });
}

/**
 * Error of the forecast relative to that of the season that erred least, among those known for a day and more; undefined
 * while there is none. At most 100. Pure.
 */
export function skillOf({ seasons }: ForecastRecord, stepMs: number): number | undefined {
  const known = seasons.filter(({ steps }) => steps * stepMs >= DAY_MS);
  if (known.length === 0) return undefined;
  return Math.min(MOST_SKILL, Math.max(...known.map(({ forecast, repeated }) => forecast / repeated)));
}

/**
 * The skill of a forecast that does not deserve to move capacity; undefined for one that does, among them any whose mean
 * error would move no unit. Pure.
 */
export function skillIfNoBetter(record: ForecastRecord, stepMs: number): number | undefined {
  const skill = skillOf(record, stepMs);
  const slight = record.seasons.every(({ forecast, steps }) => forecast <= record.slight * steps);
  return skill !== undefined && skill > WORST_SKILL && !slight ? skill : undefined;
}
