import { fixed, number, percent } from '../page/format.ts';
import { type Column, textTable } from '../table.ts';
import { armName } from './arm-names.ts';
import type { ReportArm } from './report-data.ts';

const right = (title: string): Column => ({ title, align: 'right' });

/** Columns of the price table, in the terminal and in the report alike. */
export const PRICE_COLUMNS: readonly Column[] = [
  { title: 'policy', align: 'left' },
  right('price J'),
  right('J/J*'),
  right('cost'),
  right('short'),
  right('breach'),
  right('cold start'),
  right('share'),
];

/** One arm's cells, in the order of `PRICE_COLUMNS`. */
export const priceCells = ({ name, score }: ReportArm): readonly string[] => [
  armName(name),
  number(score.J),
  fixed(score.ratio, 3),
  number(score.cost),
  number(score.short),
  percent(score.breachShare, 1),
  number(score.coldStartRequests),
  percent(score.coldStartShare, 2),
];

/**
 * Arms and their prices as aligned plain text, in the order given; ends with a newline. price J = cost + penalty × short,
 * in unit-steps; J/J* is against the clairvoyant optimum; breach is the share of steps with need above ready; cold start
 * is the load that arrived in them.
 */
export const priceTable = (arms: readonly ReportArm[]): string => textTable(PRICE_COLUMNS, arms.map(priceCells));
