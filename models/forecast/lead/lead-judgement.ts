import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { GappedSeries } from '../../kernel/series.ts';
import { meanAbsoluteError } from '../metrics/mase.ts';
import { knowsGrid, type LeadTrees, pretrainedPath } from '../pretrained/lead-trees.ts';
import { type LeadAim, type LeadGrid, leadGrid } from './lead-grid.ts';
import type { Judged } from './lead-intervals.ts';
import { mixed } from './lead-mixture.ts';
import { type LeadRows, leadRows } from './lead-rows.ts';
import { walkLead } from './lead-walk.ts';

/** What was forecast of a record at a lead, origin by origin, and what came. Row i is the same origin in every array. */
export interface LeadJudgement {
  /** The forecasts and what came, every row: intervals learn from all. Before the walk, the day before is the forecast. */
  readonly judged: Judged;
  /** The day before or the week before, whichever erred less in the first half. */
  readonly yardstick: Float64Array;
  /** First row of the second half. */
  readonly half: number;
  /** What came at the targets that are scored, an hour apart, from `half` on; NaN for the rows between them. */
  readonly scored: Float64Array;
  /** Rows of the second half whose targets are an hour apart, or a step where that is longer, observed or not. */
  readonly hourly: Int32Array;
  /** When the step begins that the first row of the second half aims at, and how long steps are. */
  readonly targetsFromMs: number;
  readonly stepMs: number;
  /** The record before the second half, on the lead's grid. */
  readonly before: Float64Array;
  readonly targets: number;
  /** The model that weighed most in the end. */
  readonly champion: string;
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

/** What a record is judged for, and by whose help. */
export interface LeadOptions {
  /** @default 'load' */
  readonly aim?: LeadAim;
  /** Trees that learned elsewhere; without them the record stands alone. */
  readonly pretrained?: LeadTrees | undefined;
}

/**
 * Forecasts a record at a lead from each origin of its second half: the load there, or the peak up to there. Models are
 * fitted daily from the first quarter on, to what was known then; their weights learn from the second quarter on.
 * Refuses a record that spans less than four leads, or gives fewer than 72 targets.
 * Cost: one fit of each model a day; seconds for a month of hours.
 */
export function judgeLead(
  series: GappedSeries,
  leadMs: number,
  { aim = 'load', pretrained }: LeadOptions = {},
): Result<LeadJudgement, LeadRefusal> {
  const grid = leadGrid(series, leadMs, aim);
  const rows = leadRows(grid);
  const half = Math.max(0, Math.floor(grid.values.length / 2) - rows.first);
  const scored = atHours(grid, rows).subarray(half);
  const targets = scored.filter((value) => !Number.isNaN(value)).length;
  const spanMs = grid.values.length * grid.stepMs;
  if (spanMs < LEAST_LEADS * leadMs) {
    return refuse({ reason: `the record spans ${hours(spanMs)}, ${hours(LEAST_LEADS * leadMs)} needed`, targets });
  }
  if (targets < LEAST_TARGETS) return refuse({ reason: `${targets} targets, ${LEAST_TARGETS} needed`, targets });
  const from = Math.min(half, Math.max(0, Math.floor(grid.values.length / 4) - rows.first));
  const said = pretrained !== undefined && knowsGrid(grid) ? pretrainedPath(pretrained, grid, rows) : undefined;
  const { forecast: mixture, champion } = mixed(rows, grid, walkLead(rows, grid, { from, pretrained: said }));
  const forecast = rows.day.slice();
  forecast.set(mixture, from);
  return accept({
    judged: { forecast, actual: rows.actual, day: grid.day, lead: grid.lead },
    yardstick: yardstickOf(grid, rows, half),
    half,
    scored,
    hourly: Int32Array.from(scored.keys()).filter((i) => isHourly(grid, rows, half + i)),
    targetsFromMs: series.startMs + (rows.first + half + grid.lead - 1) * grid.stepMs,
    stepMs: grid.stepMs,
    before: grid.values.subarray(0, rows.first + half),
    targets,
    champion,
  });
}

/** Targets of the origins an hour apart; NaN for those between. */
const atHours = (grid: LeadGrid, rows: LeadRows): Float64Array =>
  rows.actual.map((load, i) => (isHourly(grid, rows, i) ? load : Number.NaN));

const isHourly = ({ hour }: LeadGrid, { first }: LeadRows, row: number): boolean => (first + row) % hour === 0;

/**
 * The day before or the week before, whichever erred less on targets within the first half that have a step a week before;
 * the day where there are none.
 */
function yardstickOf({ week, lead }: LeadGrid, { first, actual, day, week: weekBefore }: LeadRows, half: number) {
  const from = Math.max(0, week * Math.ceil(lead / week) - lead + 1 - first);
  const to = Math.max(from, half - lead + 1);
  const off = (path: Float64Array): number => meanAbsoluteError(actual.subarray(from, to), path.subarray(from, to));
  return off(weekBefore) < off(day) ? weekBefore : day;
}
