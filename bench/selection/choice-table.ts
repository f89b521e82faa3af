import type { DayLoss } from '../../models/forecast/calibrate.ts';
import { DEFAULT_FORECASTERS } from '../../models/forecast/registry.ts';
import { type Morning, type MorningCost, type Served, served } from './switch-walk.ts';

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
    const all = walked.map(({ mornings }) => relativeCost(mornings, offered));
    const late = walked.map(({ mornings }) =>
      relativeCost(
        mornings.filter(({ day }) => day >= LATE),
        offered,
      ),
    );
    const mornings = all.reduce((sum, one) => sum + one.mornings, 0);
    return `| ${title} | ${mornings} | ${means(all)} | ${worst(all)} | ${means(late)} |`;
  });
  return `| | mornings | peak | day's path | 48 hours | worst load | from the eighth day on: peak | day's path | 48 hours |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}`;
}

interface Relative extends MorningCost {
  readonly mornings: number;
}

/** The cost of a rule in units of the day repeated, over the mornings that it serves. */
function relativeCost(mornings: readonly Morning[], offered: Rule['offered']): Relative {
  const own = mornings.map(({ day, candidates }) => ({ day, candidates: offered(candidates) }));
  const answered = mornings.filter((_, k) => own[k]!.candidates.length > 0);
  const { cost, mornings: count } = served(own);
  const base = served(answered.map(({ day, candidates }) => ({ day, candidates: only(YARDSTICK)(candidates) }))).cost;
  return {
    peak: cost.peak / base.peak,
    day: cost.day / base.day,
    twoDays: cost.twoDays / base.twoDays,
    mornings: count,
  };
}

const COSTS: readonly ((cost: MorningCost) => number)[] = [
  ({ peak }) => peak,
  ({ day }) => day,
  ({ twoDays }) => twoDays,
];

/** Geometric means over the loads where a ratio exists. */
const means = (costs: readonly Relative[]): string =>
  COSTS.map((of) => {
    const logs = costs.map((cost) => Math.log(of(cost))).filter(Number.isFinite);
    return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length).toFixed(3);
  }).join(' | ');

const worst = (costs: readonly Relative[]): string =>
  COSTS.map((of) => Math.max(...costs.map(of).filter(Number.isFinite)).toFixed(2)).join(', ');
