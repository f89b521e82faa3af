import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { GappedSeries } from '../../kernel/series.ts';
import { meanAbsoluteError, seasonalScale } from '../metrics/mase.ts';
import { type LeadGrid, leadGrid } from './lead-grid.ts';
import { halfWidths, LEVELS } from './lead-intervals.ts';
import { mixed } from './lead-mixture.ts';
import { type LeadRows, leadRows } from './lead-rows.ts';
import { walkLead } from './lead-walk.ts';

/** How well the load at a lead was forecast over the second half of a record. */
export interface LeadAccuracy {
  /** 100 · (1 − Σ|error| / Σ|load|); NaN where there was no load. */
  readonly accuracy: number;
  /** Mean absolute error in units of what repeating the day before is wrong by within the first half. */
  readonly mase: number;
  /** Targets that were scored. */
  readonly targets: number;
  /** Mean absolute error relative to the seasonal naive forecast that did better in the first half; NaN where that never errs. */
  readonly skill: number;
  /** Share of the targets within the central interval of each level, as `LEVELS`. */
  readonly coverage: readonly number[];
  /** The model that weighed most in the end. */
  readonly model: string;
}

/** Why a lead is not measured. */
export interface LeadRefusal {
  readonly reason: string;
  readonly targets: number;
}

/** A record spans at least this many leads and scores at least this many targets. */
const LEAST_LEADS = 4;
const LEAST_TARGETS = 72;

const HOUR_MS = 3_600_000;
const hours = (ms: number): string => `${Math.round((10 * ms) / HOUR_MS) / 10} h`;

/**
 * Forecasts the load at a lead from each origin of a record's second half, and scores it. Models are fitted daily from the
 * first quarter on, to what was known then; their weights and the intervals learn from the second quarter on.
 * Refuses a record that spans less than four leads, or gives fewer than 72 targets.
 * Cost: one fit of each model a day; seconds for a month of hours.
 */
export function leadAccuracy(series: GappedSeries, leadMs: number): Result<LeadAccuracy, LeadRefusal> {
  const grid = leadGrid(series, leadMs);
  const rows = leadRows(grid);
  const half = Math.max(0, Math.floor(grid.values.length / 2) - rows.first);
  const hourly = atHours(grid, rows);
  const targets = known(hourly.subarray(half));
  const spanMs = grid.values.length * grid.stepMs;
  if (spanMs < LEAST_LEADS * leadMs) {
    return refuse({ reason: `the record spans ${hours(spanMs)}, ${hours(LEAST_LEADS * leadMs)} needed`, targets });
  }
  if (targets < LEAST_TARGETS) return refuse({ reason: `${targets} targets, ${LEAST_TARGETS} needed`, targets });
  return accept({ ...figures(grid, { ...rows, actual: hourly }, { half, judged: rows.actual }), targets });
}

/** Targets of the origins an hour apart; NaN for those between. */
const atHours = ({ hour }: LeadGrid, { first, actual }: LeadRows): Float64Array =>
  actual.map((load, i) => ((first + i) % hour === 0 ? load : Number.NaN));

const known = (values: Float64Array): number => values.filter((value) => !Number.isNaN(value)).length;

interface Scored {
  /** First row that is scored. */
  readonly half: number;
  /** The load at the end of the lead for every row, scored or not: models and intervals learn from all. */
  readonly judged: Float64Array;
}

function figures(grid: LeadGrid, rows: LeadRows, { half, judged: every }: Scored): Omit<LeadAccuracy, 'targets'> {
  const from = Math.min(half, Math.max(0, Math.floor(grid.values.length / 4) - rows.first));
  const learned = { ...rows, actual: every };
  const { forecast, champion } = mixed(learned, grid, walkLead(learned, grid, from));
  const actual = rows.actual.subarray(half);
  const scored = forecast.subarray(half - from);
  const error = meanAbsoluteError(actual, scored);
  const load = meanAbsoluteError(actual, new Float64Array(actual.length));
  // Before the walk the day before is what would have been forecast: its errors are the first that intervals learn from.
  const everyForecast = rows.day.slice();
  everyForecast.set(forecast, from);
  const judged = { forecast: everyForecast, actual: every, day: grid.day, lead: grid.lead };
  const within = (level: number): number => {
    const widths = halfWidths(judged, level).subarray(half);
    return actual.filter((value, i) => Math.abs(value - scored[i]!) <= widths[i]!).length / known(actual);
  };
  const before = grid.values.subarray(0, rows.first + half);
  return {
    accuracy: load > 0 ? 100 * (1 - error / load) : Number.NaN,
    mase: error / seasonalScale(before, grid.day),
    skill: error / meanAbsoluteError(actual, yardstick(grid, rows, half).subarray(half)),
    coverage: LEVELS.map(within),
    model: champion,
  };
}

/**
 * The day before or the week before, whichever erred less on targets within the first half that have a step a week before;
 * the day where there are none.
 */
function yardstick({ week, lead }: LeadGrid, { first, actual, day, week: weekBefore }: LeadRows, half: number) {
  const from = Math.max(0, week * Math.ceil(lead / week) - lead + 1 - first);
  const to = Math.max(from, half - lead + 1);
  const off = (path: Float64Array): number => meanAbsoluteError(actual.subarray(from, to), path.subarray(from, to));
  return off(weekBefore) < off(day) ? weekBefore : day;
}
