import { shippedLeadTrees } from '../../adapters/fit/lead-trees-file.ts';
import { aggregatedShare } from '../../models/forecast/lead/adaptive-share.ts';
import { type LeadAccuracy, leadFigures } from '../../models/forecast/lead/lead-accuracy.ts';
import { heldBelow, heldWithin } from '../../models/forecast/lead/lead-calibration.ts';
import { leadGrid } from '../../models/forecast/lead/lead-grid.ts';
import { LEVELS } from '../../models/forecast/lead/lead-intervals.ts';
import { judgeLead, type LeadJudgement, type LeadOptions } from '../../models/forecast/lead/lead-judgement.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { quantileOfSorted } from '../../models/kernel/statistics.ts';
import type { SeriesFile } from '../scaling/series.ts';
import { before, readLoad } from './controller-history.ts';
import { type Knowable, measureKnowable } from './knowable.ts';

/** Leads at which loads are forecast, hours by name. */
export const LEADS = { '1h': 1, '24h': 24, '7d': 168 } as const;
export type LeadName = keyof typeof LEADS;
export const LEAD_NAMES: readonly LeadName[] = ['1h', '24h', '7d'];

/** Leads up to which the peak is forecast too. */
export const PEAK_LEADS: readonly LeadName[] = ['1h', '24h'];

/** Factors by which a load changes for good, the share of the record from which on, and for how many hours that is looked at. */
export const SHIFTS = [0.5, 1.5, 2] as const;
const SHIFT_FROM = 0.6;
const HOURS_AFTER = 168;

/** Leads at which a shifted load is forecast. */
export const SHIFT_LEADS = ['1h', '24h'] as const;

/** Longer records than this are not shifted: each shift costs a walk, and they have more days than anybody would look at. */
const SHIFT_DAYS = 100;

/** Which targets each level held, as `LEVELS`; 1 held, 0 not, NaN where there is none. */
export type HeldByLevel = readonly Float64Array[];

/** What is scored at a lead, origin by origin. */
export interface LeadTargets {
  /** Origin of the first: the hours before it are known there. */
  readonly first: number;
  /** What came; NaN where nothing is scored. */
  readonly actual: Float64Array;
  /** The season repeated. */
  readonly yardstick: Float64Array;
}

/** One lead of one record. */
export interface MeasuredLead {
  readonly figures: LeadAccuracy;
  /** The same of the record alone, without trees that learned elsewhere. */
  readonly alone: LeadAccuracy;
  readonly targets: LeadTargets;
  /** Targets within central intervals, with the rate fixed and with rates mixed, and below upper quantiles. */
  readonly within: HeldByLevel;
  readonly withinMixed: HeldByLevel;
  readonly below: HeldByLevel;
  /** The third of the forecasts, the lowest first, that each target belongs to. */
  readonly third: Int8Array;
  /** Peaks below their upper quantiles. */
  readonly peaks?: HeldByLevel;
}

/** One load at its leads, or why the file could not be read. */
export interface MeasuredSeries {
  readonly series: string;
  readonly leads: Readonly<Partial<Record<LeadName, MeasuredLead>>>;
  /** Its hourly means; NaN where an hour was not wholly observed. */
  readonly hours: Float64Array;
  /** Targets within central intervals at each of `SHIFT_LEADS`, from the hour on at which the load shifts by each factor. */
  readonly shifted: readonly (readonly HeldByLevel[])[];
  /** What forecasts and the first minutes of an hour say of it; absent where an hour ahead is not measured. */
  readonly knowable?: Knowable;
  readonly refused?: string;
}

const NOTHING = new Float64Array(0);
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Measures one record, or its first half alone. Cost: eighteen times `judgeLead` and the calibration of each. */
export function measureLeads({ name, file }: SeriesFile, firstHalf: boolean): MeasuredSeries {
  const read = readLoad(file, 0);
  if (!read.ok) {
    return { series: name, leads: {}, hours: NOTHING, shifted: [], refused: read.refusal.replaceAll(file, name) };
  }
  const series = read.value;
  const used = firstHalf ? before(series, Math.floor(series.values.length / 2)) : series;
  const leads = LEAD_NAMES.flatMap((lead) => {
    const measured = measureLead(used, lead);
    return measured === undefined ? [] : [[lead, measured] as const];
  });
  const hourAhead = leads.find(([lead]) => lead === '1h')?.[1];
  const accuracyAhead = (hours: number): number => {
    const measured = leads.find(([lead]) => LEADS[lead] === hours)?.[1];
    if (measured !== undefined) return measured.figures.accuracy;
    const judgement = judged(used, hours);
    return judgement === undefined ? Number.NaN : leadFigures(judgement).accuracy;
  };
  return {
    series: name,
    leads: Object.fromEntries(leads),
    hours: leadGrid(used, HOUR_MS).values,
    shifted: leads.length === 0 ? [] : SHIFT_LEADS.map((lead) => measureShifts(used, lead)),
    ...(hourAhead === undefined ? {} : { knowable: measureKnowable(used, hourAhead.targets, accuracyAhead) }),
  };
}

const PRETRAINED = shippedLeadTrees();

const judged = (series: GappedSeries, hours: number, options: LeadOptions = {}): LeadJudgement | undefined => {
  const judgement = judgeLead(series, hours * HOUR_MS, { pretrained: PRETRAINED, ...options });
  return judgement.ok ? judgement.value : undefined;
};

function measureLead(series: GappedSeries, lead: LeadName): MeasuredLead | undefined {
  const judgement = judged(series, LEADS[lead]);
  const alone = judged(series, LEADS[lead], { pretrained: undefined });
  if (judgement === undefined || alone === undefined) return undefined;
  const peak = PEAK_LEADS.includes(lead) ? judged(series, LEADS[lead], { aim: 'peak' }) : undefined;
  const { before: known, half, scored, yardstick } = judgement;
  return {
    figures: leadFigures(judgement),
    alone: leadFigures(alone),
    targets: { first: known.length, actual: scored, yardstick: yardstick.subarray(half) },
    within: LEVELS.map((level) => heldWithin(judgement, level)),
    withinMixed: LEVELS.map((level) => heldWithin(judgement, level, aggregatedShare)),
    below: LEVELS.map((level) => heldBelow(judgement, level)),
    third: thirds(judgement),
    ...(peak === undefined ? {} : { peaks: LEVELS.map((level) => heldBelow(peak, level)) }),
  };
}

/** By the forecast, for that is known when a bound is needed. */
const thirds = ({ judged: { forecast }, half, scored }: LeadJudgement): Int8Array =>
  thirdsOf(forecast.subarray(half).map((load, i) => (Number.isNaN(scored[i]!) ? Number.NaN : load)));

/** The third of its finite values, the lowest first, that each value belongs to; 0 for NaN. O(n log n). */
export function thirdsOf(values: Float64Array): Int8Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const [low, high] = [quantileOfSorted(sorted, 1 / 3), quantileOfSorted(sorted, 2 / 3)];
  return Int8Array.from(values, (value) => Number(value > low) + Number(value > high));
}

function measureShifts(series: GappedSeries, lead: LeadName): readonly HeldByLevel[] {
  const { values, stepMs } = series;
  if (values.length * stepMs > SHIFT_DAYS * DAY_MS) return [];
  const at = Math.floor(SHIFT_FROM * values.length);
  return SHIFTS.flatMap((by) => {
    const shifted = { ...series, values: values.map((load, i) => (i < at ? load : by * load)) };
    const judgement = judged(shifted, LEADS[lead]);
    if (judgement === undefined) return [];
    const since = Math.ceil((at * stepMs) / HOUR_MS) - (LEADS[lead] - 1) - judgement.before.length;
    return [LEVELS.map((level) => hoursFrom(heldWithin(judgement, level), since))];
  });
}

/** The hours after a shift; NaN for those before the first or after the last. */
const hoursFrom = (held: Float64Array, since: number): Float64Array =>
  Float64Array.from({ length: HOURS_AFTER }, (_, i) => held[since + i] ?? Number.NaN);
