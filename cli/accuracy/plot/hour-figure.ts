import { errorsByHour, type HourError, type LeadPath } from '../../../models/forecast/lead/lead-path.ts';
import { HALF, halfFigure, type KeyEntry } from '../../chart/half-figure.ts';
import { linearScale, ticksFromZero } from '../../chart/scale.ts';
import { px } from '../../chart/svg-path.ts';
import { tickLabel } from '../../chart/value-lines.ts';
import { load as asLoad } from '../../page/format.ts';
import { html, joined, type Markup } from '../../page/html.ts';

/** Room between two bars, as a share of an hour. */
const GAP = 0.12;

export interface HourNames {
  readonly id: string;
  readonly column: string;
  readonly dated: boolean;
}

/** How far forecasts are off at each hour of the day, beside a season repeated. */
export function hourFigure(path: LeadPath, { id, column, dated }: HourNames): Markup {
  const hours = errorsByHour(path);
  const most = hours
    .flatMap(({ forecast, yardstick }) => [forecast, yardstick])
    .filter(Number.isFinite)
    .reduce((a, b) => Math.max(a, b), 0);
  const ticks = ticksFromZero(most, 4);
  const x = linearScale([0, 24], [HALF.left, HALF.right]);
  const y = linearScale([0, ticks.at(-1)!], [HALF.bottom, HALF.top]);
  const chart = {
    id,
    title: 'Mean error by the hour of the day',
    unit: column,
    description: descriptionOf(hours),
    across: Array.from({ length: 9 }, (_, i) => ({ at: px(x(3 * i)), text: String(3 * i) })),
    acrossName: dated
      ? 'hour in which the target begins, UTC'
      : 'hour in which the target begins, counted from the start',
    up: ticks.map((value) => ({ at: px(y(value)), text: tickLabel(value) })),
    key: KEY,
  };
  const marks = hours.map((hour, i) => {
    if (hour.targets === 0) return html``;
    const [left, right] = [px(x(i + GAP)), px(x(i + 1 - GAP))];
    const season = `M${px(x(i))} ${px(y(hour.yardstick))}H${px(x(i + 1))}`;
    return html`<g><title>${saidOf(hour, i)}</title><path class="bar" d="M${left} ${HALF.bottom}V${px(y(hour.forecast))}H${right}V${HALF.bottom}Z"/><path class="line season" d="${season}"/></g>`;
  });
  return halfFigure(chart, joined(marks));
}

const saidOf = ({ forecast, yardstick, targets }: HourError, i: number): string =>
  `${i}:00 to ${i + 1}:00: off by ${asLoad(forecast)}, a season repeated by ${asLoad(yardstick)}; ${targets} targets`;

function descriptionOf(hours: readonly HourError[]): string {
  const known = [...hours.keys()]
    .filter((i) => hours[i]!.targets > 0)
    .sort((a, b) => hours[a]!.forecast - hours[b]!.forecast);
  const [best, worst] = [known[0], known.at(-1)];
  if (best === undefined || worst === undefined) return 'No target was observed.';
  return `Least at ${saidOf(hours[best]!, best)}. Most at ${saidOf(hours[worst]!, worst)}.`;
}

const KEY: readonly KeyEntry[] = [
  { sample: html`<path class="bar" d="M5 16V3H21V16Z"/>`, meaning: 'the forecast' },
  { sample: html`<path class="line season" d="M1 8H25"/>`, meaning: 'a season repeated, the yardstick' },
];
