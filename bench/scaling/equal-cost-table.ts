import { median } from '../../models/kernel/statistics.ts';
import type { EqualCost } from './equal-cost.ts';
import type { Service } from './served.ts';
import { markdownTable } from './tables.ts';

/** One series of `equalCost`. */
export interface SeriesAtEqualCost extends EqualCost {
  readonly series: string;
}

type Figure = (service: Service) => number;

const coldStart: Figure = (service) => service.coldStart;
const p99: Figure = ({ p99Seconds }) => p99Seconds;

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

/** Exposure and P99 beside those of the best target tracking, their changes, and the medians of these. */
export function equalCostTable(all: readonly SeriesAtEqualCost[]): string {
  const head = ['series', 'best', 'cost', 'service s', ...headOf('cold start'), ...headOf('P99 s')];
  const rows = all.map((one) => [
    one.series,
    one.best,
    one.tracking.cost.toFixed(0),
    one.meanServiceSeconds.toPrecision(2),
    ...cellsOf(one, coldStart, (value) => value.toFixed(0)),
    ...cellsOf(one, p99, (value) => value.toPrecision(3)),
  ]);
  const medians = ['**median**', '', '', '', ...mediansOf(all, coldStart), ...mediansOf(all, p99)];
  return markdownTable(head, all.length === 0 ? [] : [...rows, medians]);
}

const headOf = (what: string): readonly string[] => [what, 'prescale', 'change', 'known rate'];

const changeTo = (one: EqualCost, who: 'prescale' | 'knownRate', of: Figure): number =>
  of(one[who]) / of(one.tracking) - 1;

const cellsOf = (one: EqualCost, of: Figure, shown: (value: number) => string): readonly string[] => [
  shown(of(one.tracking)),
  shown(of(one.prescale)),
  percent(changeTo(one, 'prescale', of)),
  percent(changeTo(one, 'knownRate', of)),
];

const mediansOf = (all: readonly EqualCost[], of: Figure): readonly string[] => [
  '',
  '',
  percent(median(all.map((one) => changeTo(one, 'prescale', of)))),
  percent(median(all.map((one) => changeTo(one, 'knownRate', of)))),
];
