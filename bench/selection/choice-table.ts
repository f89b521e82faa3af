import type { DayLoss } from '../../models/forecast/calibrate.ts';
import { DEFAULT_FORECASTERS } from '../../models/forecast/registry.ts';
import { meanRatio } from '../mean-ratio.ts';
import { costOver, type Morning, type MorningCost, type Served, type ServedDay, served } from './switch-walk.ts';

/** The mornings of one load. */
export interface Walked {
  readonly name: string;
  readonly mornings: readonly Morning[];
}

/** A way to come to a candidate each morning; mornings that it finds none on are left out of its row. */
interface Rule {
  readonly title: string;
  readonly offered: (candidates: readonly Served[]) => readonly Served[];
}

const YARDSTICK = 'seasonal-naive-day';

const only =
  (name: string): Rule['offered'] =>
  (candidates) =>
    candidates.filter(({ forecaster }) => forecaster.name === name);

/** The same candidates, compared by one loss in place of two. */
const comparedBy =
  (loss: (day: DayLoss) => number): Rule['offered'] =>
  (candidates) =>
    candidates.map((candidate) => ({
      ...candidate,
      onNewest: (days) => {
        const tuned = candidate.onNewest(days);
        const daily = tuned.daily.map((day) => ({ ...day, peak: loss(day), path: loss(day) }));
        return { ...tuned, daily };
      },
    }));

const RULES: readonly Rule[] = [
  { title: 'the choice', offered: (candidates) => candidates },
  { title: 'by the peak alone', offered: comparedBy(({ peak }) => peak) },
  { title: 'by the path alone', offered: comparedBy(({ path }) => path) },
  ...DEFAULT_FORECASTERS.filter((name) => name !== YARDSTICK).map((name) => ({
    title: `\`${name}\` without a choice`,
    offered: only(name),
  })),
];

const LATE = 7;

/** What each choice was worth on the days that followed it, relative to the day repeated. */
export function choiceTable(walked: readonly Walked[]): string {
  const rows = RULES.map(({ title, offered }) => {
    const all = walked.map(({ mornings }) => costsOf(mornings, offered));
    const days = all.reduce((sum, { own }) => sum + own.length, 0);
    const ratios = all.map((costs) => relative(costs, 0));
    const late = all.map((costs) => relative(costs, LATE));
    return `| ${title} | ${days} | ${means(ratios)} | ${worst(ratios)} | ${means(late)} |`;
  });
  return `| | mornings | peak | day's path | 48 hours | worst load | from the eighth day on: peak | day's path | 48 hours |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}`;
}

/** What served by a rule, and the day repeated on the same days. */
interface Costs {
  readonly own: readonly ServedDay[];
  readonly base: readonly ServedDay[];
}

function costsOf(mornings: readonly Morning[], offered: Rule['offered']): Costs {
  const own = served(mornings.map(({ day, candidates }) => ({ day, candidates: offered(candidates) })));
  const days = new Set(own.map(({ day }) => day));
  const answered = mornings.filter(({ day }) => days.has(day));
  return {
    own,
    base: served(answered.map(({ day, candidates }) => ({ day, candidates: only(YARDSTICK)(candidates) }))),
  };
}

/** The cost of a rule in units of the day repeated, from a day on. */
function relative({ own, base }: Costs, from: number): MorningCost {
  const [mine, its] = [own, base].map((days) => costOver(days.filter(({ day }) => day >= from)));
  return { peak: mine!.peak / its!.peak, day: mine!.day / its!.day, twoDays: mine!.twoDays / its!.twoDays };
}

const COSTS: readonly ((cost: MorningCost) => number)[] = [
  ({ peak }) => peak,
  ({ day }) => day,
  ({ twoDays }) => twoDays,
];

/** Over the loads where the day repeated costs something. */
const means = (costs: readonly MorningCost[]): string => COSTS.map((of) => meanRatio(costs.map(of))).join(' | ');

/** Infinity where the day repeated costs nothing and the rule something. */
const worst = (costs: readonly MorningCost[]): string =>
  COSTS.map((of) => {
    const known = costs.map(of).filter((ratio) => !Number.isNaN(ratio));
    return known.length === 0 ? '–' : Math.max(...known).toFixed(2);
  }).join(', ');
