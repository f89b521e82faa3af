import { median } from '../../models/kernel/statistics.ts';
import { geometricMean } from '../../models/simulate/geometric-mean.ts';
import { CHOICE, CONTROLLER_DAYS, LEARNING_NAMES, LONG_DAYS, STATISTICAL_NAMES } from './load-forecasters.ts';
import type { MeasuredLoad, ModelErrors } from './load-matrix.ts';
import { NETWORK_TERMS } from './load-networks.ts';
import { AHEAD_HOURS, MOST_WINDOWS } from './load-windows.ts';
import type { MeasuredLoads } from './measure-loads.ts';
import { RIVAL_HOURS, WITHOUT_PYTHON } from './python-rivals.ts';
import { shown } from './shown.ts';

/** The matrix, in three tables over the same series: what is fitted, what learns and combines, what others make. */
export function loadsText({ loads, rivals = [], tensors, refused }: MeasuredLoads): string {
  const all = [...STATISTICAL_NAMES, ...LEARNING_NAMES, ...rivals];
  const common = answeredByMost(loads, all);
  const table = (names: readonly string[]): string => matrixTable(loads, names, common);
  return `Paths of ${AHEAD_HOURS} hours from the starts of days in the second half, at most ${MOST_WINDOWS} of them, evenly spread. Cells: mean absolute error
of the hourly means over all these hours, relative to repeating the day or the week before, whichever erred less in the
first half (*d* or *w*, beside the number of paths); – where a model refused any of them. Below: the median and the worst
over the series that a model answered; the geometric mean over the ${common.length} series that every model answered which answered
more than half of them; CPU of one fit with its path, the median over series and paths.

Each model sees the newest ${CONTROLLER_DAYS} days before the origin, as the controller does, cleaned and repaired as the controller would, at
the load's own step; the lag regressions, which need more than that, ${LONG_DAYS} days.

${table(STATISTICAL_NAMES)}

\`transfer-trees\` learned from the other series' first halves, the networks from the series' own, once${tensors === undefined ? '' : ` (tfjs ${tensors})`}:
${NETWORK_TERMS.windows} windows, ${NETWORK_TERMS.epochs} epochs at most, leads up to a day, or to half or a quarter of it where the half is short; beyond them their
correction fades. \`${CHOICE}\` is what a fit would choose among the default candidates: on held-out days, by the peak over a quarter
of an hour and the path of a day alike, not by this error.

${table(LEARNING_NAMES)}
${tensors === undefined ? '\nAbsent: the tensor library; no network was trained.\n' : ''}
Other libraries, on hourly means of the newest ${RIVAL_HOURS / 24} days, blanks filled with the day before: a season of 24 hours; MSTL and Prophet
with a week beside it once there are two.

${rivals.length === 0 ? WITHOUT_PYTHON : table(rivals)}

${refused.map(({ series, reason }) => `Not measured: ${series} (${reason}).`).join('\n')}`;
}

/** Series that are answered by every model which answers more than half of all. */
function answeredByMost(loads: readonly MeasuredLoad[], names: readonly string[]): readonly MeasuredLoad[] {
  const usual = names.filter((name) => 2 * loads.filter(({ models }) => models.has(name)).length > loads.length);
  return loads.filter(({ models }) => usual.every((name) => models.has(name)));
}

function matrixTable(
  loads: readonly MeasuredLoad[],
  names: readonly string[],
  common: readonly MeasuredLoad[],
): string {
  const rows = loads.map(({ series, windows, season, models }) => {
    const cells = names.map((name) => shown(models.get(name)?.relative, 2));
    return `| ${series} | ${windows} ${season === 'day' ? 'd' : 'w'} | ${cells.join(' | ')} |`;
  });
  const last = SUMMARIES.flatMap(({ name, of }) => {
    const cells = names.map((model) => of(errorsOf(loads, model), errorsOf(common, model), common.length));
    return cells.every((cell) => cell === '–') ? [] : [`| **${name}** | | ${cells.join(' | ')} |`];
  });
  return `| series | paths | ${names.join(' | ')} |
| --- | ---: | ${names.map(() => '---:').join(' | ')} |
${[...rows, ...last].join('\n')}`;
}

const errorsOf = (loads: readonly MeasuredLoad[], name: string): readonly ModelErrors[] =>
  loads.flatMap(({ models }) => models.get(name) ?? []);

interface Summary {
  readonly name: string;
  readonly of: (all: readonly ModelErrors[], common: readonly ModelErrors[], series: number) => string;
}

const relatives = (errors: readonly ModelErrors[]): readonly number[] => errors.map(({ relative }) => relative);

const SUMMARIES: readonly Summary[] = [
  { name: 'median', of: (all) => shown(median(relatives(all)), 3) },
  { name: 'worst', of: (all) => shown(Math.max(...relatives(all)), 2) },
  {
    name: 'geometric mean',
    of: (_, common, series) => (common.length < series || series === 0 ? '–' : shown(geometricMean(relatives(common)))),
  },
  { name: 'series answered', of: (all) => String(all.length) },
  { name: 'CPU ms', of: (all) => shown(median(all.map(({ milliseconds }) => milliseconds)), 0) },
  {
    name: 'CPU ms of learning, once',
    of: (all) => {
      const learned = median(all.map(({ learnedMilliseconds }) => learnedMilliseconds));
      return learned > 0 ? learned.toFixed(0) : '–';
    },
  },
];
