import { type LeadAccuracy, type MeasuredLead, measureLead } from '../../models/forecast/lead/lead-accuracy.ts';
import { LEVELS } from '../../models/forecast/lead/lead-intervals.ts';
import type { LeadRefusal } from '../../models/forecast/lead/lead-judgement.ts';
import type { LeadTrees } from '../../models/forecast/pretrained/lead-trees.ts';
import type { Result } from '../../models/kernel/result.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { textTable } from '../table.ts';
import type { NamedLead } from './lead-flags.ts';

/** A lead that was asked for, and what measuring it gave. */
export interface JudgedLead {
  readonly name: string;
  readonly answer: Result<MeasuredLead, LeadRefusal>;
}

/** Figures of one lead; all but the count are null where the lead is not measured. Their form is fixed. */
interface LeadFigures {
  readonly accuracy: number | null;
  readonly MASE: number | null;
  readonly n: number;
  readonly skill: number | null;
  readonly coverage: ByLevel;
}

/** A figure for each level of `LEVELS`, by name. */
type ByLevel = Readonly<Record<string, number | null>>;

/** What the upper quantiles at one lead hold and cost; in the load's unit, null where the lead is not measured. */
interface BoundFigures {
  /** Share of the targets at or below the upper quantile of each level. */
  readonly upper: ByLevel;
  /** Mean pinball loss of these quantiles, that of the season repeated with split conformal ones, and the CRPS. */
  readonly pinball: number | null;
  readonly naivePinball: number | null;
  readonly CRPS: number | null;
}

/** What `accuracy --series --json` prints; the form of `leads`, `model` and `refused` is fixed. */
export interface LeadReport {
  readonly leads: Readonly<Record<string, LeadFigures>>;
  readonly bounds: Readonly<Record<string, BoundFigures>>;
  /** The model that weighs most at the end of the record, at the first lead that was measured. */
  readonly model: string | null;
  /** Why forecasts at some leads are not to be used; null where all are. */
  readonly refused: string | null;
}

/** A skill above this is no better than repeating a season, beyond what chance does to a ratio of two errors. */
const MOST_SKILL = 1.02;

/**
 * Measures each lead on one record, by the help of trees that learned elsewhere where they are given. Cost: see
 * `measureLead`, for each lead.
 */
export const judgeLeads = (
  series: GappedSeries,
  leads: readonly NamedLead[],
  pretrained?: LeadTrees,
): readonly JudgedLead[] => leads.map(({ name, ms }) => ({ name, answer: measureLead(series, ms, pretrained) }));

/** The figures of leads that were judged. */
export function leadReport(judged: readonly JudgedLead[]): LeadReport {
  const refused = judged.flatMap(({ name, answer }) => {
    if (!answer.ok) return [`${name}: ${answer.refusal.reason}`];
    return answer.value.figures.skill > MOST_SKILL ? [`${name}: no better than naive: reactive only`] : [];
  });
  const models = judged.flatMap(({ answer }) => (answer.ok ? [answer.value.figures.model] : []));
  return {
    leads: Object.fromEntries(
      judged.map(({ name, answer }) => [
        name,
        answer.ok ? figuresOf(answer.value.figures) : { ...NOTHING, n: answer.refusal.targets },
      ]),
    ),
    bounds: Object.fromEntries(
      judged.map(({ name, answer }) => [name, answer.ok ? boundsOf(answer.value.figures) : UNBOUND]),
    ),
    model: models[0] ?? null,
    refused: refused.length === 0 ? null : refused.join('; '),
  };
}

const byLevel = (of: (i: number) => number | null): ByLevel =>
  Object.fromEntries(LEVELS.map((level, i) => [String(level), of(i)]));

const NOTHING = { accuracy: null, MASE: null, skill: null, coverage: byLevel(() => null) };
const UNBOUND = { upper: byLevel(() => null), pinball: null, naivePinball: null, CRPS: null };

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const figuresOf = ({ accuracy, mase, targets, skill, coverage }: LeadAccuracy): LeadFigures => ({
  accuracy: orNull(accuracy),
  MASE: orNull(mase),
  n: targets,
  skill: orNull(skill),
  coverage: byLevel((i) => orNull(coverage[i]!)),
});

const boundsOf = ({ upper, losses }: LeadAccuracy): BoundFigures => ({
  upper: byLevel((i) => orNull(upper[i]!)),
  pinball: orNull(losses.pinball),
  naivePinball: orNull(losses.naivePinball),
  CRPS: orNull(losses.crps),
});

/** The same for people. */
export function leadText({ leads, model, refused }: LeadReport, file: string): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const shown = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits));
  const rows = Object.entries(leads).map(([name, one]) => [
    name,
    String(one.n),
    shown(one.accuracy, 1),
    shown(one.MASE, 3),
    shown(one.skill, 3),
    ...LEVELS.map((level) => shown(one.coverage[String(level)] ?? null, 3)),
  ]);
  const levels = LEVELS.map((level) => right(`within ${level}`));
  const head = ['targets', 'accuracy %', 'MASE', 'skill'].map(right);
  return [
    `${file}: ${model ?? 'no model'} weighs most${refused === null ? '' : `; refused: ${refused}`}\n`,
    textTable([{ title: 'lead', align: 'left' }, ...head, ...levels], rows),
  ].join('\n');
}
