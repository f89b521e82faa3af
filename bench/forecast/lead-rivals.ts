import { filledFromBefore } from '../../models/forecast/lead/lead-grid.ts';
import { accuracyOf, meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { median, sum } from '../../models/kernel/statistics.ts';
import { LEAD_NAMES, LEADS, type LeadName, type LeadTargets, type MeasuredSeries } from './lead-measures.ts';
import { askRivals, RIVAL_HOURS, type Rival, type WalkTask, WITHOUT_PYTHON } from './python-rivals.ts';
import { shown } from './shown.ts';

const DAY_HOURS = 24;

/** How one model did at one lead of one series. */
interface LeadFigures {
  readonly accuracy: number;
  readonly skill: number;
}

/** A model of another library at the leads of every series. */
export interface LeadRival {
  readonly name: string;
  /** CPU of a day: one fit, and the forecasts from its hours. */
  readonly secondsPerDay: number;
  /** By series, then by lead; what it failed at is absent. */
  readonly figures: ReadonlyMap<string, Readonly<Partial<Record<LeadName, LeadFigures>>>>;
}

interface Walked extends WalkTask {
  readonly series: string;
  readonly names: readonly LeadName[];
  readonly leadsOf: MeasuredSeries['leads'];
}

/**
 * The models of other libraries at the same targets: fitted at the start of each day, at each origin asked for the hour that
 * ends a lead later. Blanks of a load are the day before's. Cost: a second a day of every series.
 */
export async function measureLeadRivals(
  measured: readonly MeasuredSeries[],
  python: string,
): Promise<readonly LeadRival[]> {
  const walks = measured.flatMap(({ series, leads, hours }): readonly Walked[] => {
    const names = LEAD_NAMES.filter((lead) => leads[lead] !== undefined);
    const first = leads[names[0] ?? '1h']?.targets.first;
    if (first === undefined) return [];
    const walk = { hours: filledFromBefore(hours, DAY_HOURS), first, leads: names.map((name) => LEADS[name]) };
    return [{ series, names, leadsOf: leads, ...walk }];
  });
  const asked = walks.map(({ hours, first, leads }) => ({ hours, first, leads }));
  const rivals = await askRivals(python, { walks: asked, most: RIVAL_HOURS });
  const days = sum(walks.map(({ hours, first }) => Math.ceil((hours.length - first) / DAY_HOURS)));
  return rivals.map((rival) => ({
    name: rival.name,
    secondsPerDay: sum(rival.answers.map(({ seconds }) => seconds)) / days,
    figures: new Map(walks.map((walk, i) => [walk.series, figuresOf(walk, rival.answers[i]?.forecasts)])),
  }));
}

const figuresOf = ({ names, leadsOf }: Walked, forecasts: Rival['answers'][number]['forecasts']) =>
  Object.fromEntries(
    names.flatMap((lead, k) => {
      const [targets, forecast] = [leadsOf[lead]?.targets, forecasts?.[k]];
      return targets === undefined || forecast === undefined ? [] : [[lead, scored(targets, forecast)] as const];
    }),
  );

/** As a load's own figures are computed (`leadFigures`); what is below 0 counts as 0, for no load is. */
function scored({ actual, yardstick }: LeadTargets, forecast: Float64Array): LeadFigures {
  const path = forecast.subarray(0, actual.length).map((load) => Math.max(0, load));
  return {
    accuracy: accuracyOf(actual, path),
    skill: meanAbsoluteError(actual, path) / meanAbsoluteError(actual, yardstick),
  };
}

/** Accuracy and skill of Prescale and of the models of other libraries at each lead, over all series. */
export function leadRivalTable(measured: readonly MeasuredSeries[], rivals: readonly LeadRival[] | undefined): string {
  if (rivals === undefined) return WITHOUT_PYTHON;
  const own = measured.map(({ series, leads }) => {
    const figures = LEAD_NAMES.flatMap((lead) =>
      leads[lead] === undefined ? [] : [[lead, leads[lead].figures] as const],
    );
    return [series, Object.fromEntries(figures)] as const;
  });
  const prescale: LeadRival = { name: 'prescale', secondsPerDay: Number.NaN, figures: new Map(own) };
  const rows = [prescale, ...rivals].map((rival) => rowOf(rival, prescale));
  const heads = LEAD_NAMES.flatMap((lead) => [`${lead}: accuracy %`, 'skill', 'worst', 'ahead']);
  return `The same targets by statsforecast and Prophet, each fitted at the start of every day to the newest ${RIVAL_HOURS / DAY_HOURS} days of hourly
means; blanks are the day before's. statsforecast's models but MSTL then follow the newest hours with the parameters of that
fit (\`forward\`); MSTL and Prophet keep to the path of the day's start. Medians over the series, the worst skill, and on how
many series the model errs less than \`prescale\` does.

| model | ${heads.join(' | ')} | CPU s a day |
| --- | ${heads.map(() => '---:').join(' | ')} | ---: |
${rows.join('\n')}`;
}

function rowOf({ name, figures, secondsPerDay }: LeadRival, prescale: LeadRival): string {
  const cells = LEAD_NAMES.flatMap((lead) => {
    const known = [...figures].flatMap(([series, leads]) => {
      const [one, other] = [leads[lead], prescale.figures.get(series)?.[lead]];
      return one === undefined || other === undefined || !Number.isFinite(one.skill) ? [] : [{ one, other }];
    });
    const skills = known.map(({ one }) => one.skill);
    return [
      shown(median(known.map(({ one }) => one.accuracy)), 1),
      shown(median(skills)),
      shown(Math.max(...skills)),
      figures === prescale.figures
        ? `of ${known.length}`
        : String(known.filter(({ one, other }) => one.skill < other.skill).length),
    ];
  });
  return `| ${name} | ${cells.join(' | ')} | ${shown(secondsPerDay, 2)} |`;
}
