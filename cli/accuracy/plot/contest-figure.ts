import { linearScale, type Scale, ticksFromZero } from '../../chart/scale.ts';
import { px } from '../../chart/svg-path.ts';
import { fixed, number } from '../../page/format.ts';
import { html, joined, type Markup, nothing } from '../../page/html.ts';
import type { Contender, ContestRun } from '../contest.ts';

const PLOT = { width: 1120, left: 300, right: 1020, values: 1104, top: 34, row: 26, bar: 16 } as const;

/** The yardsticks, by the name under which they take part. */
const MARKED: Readonly<Record<string, string>> = { naive2: 'Naive2', 'seasonal-naive': 'seasonal naive' };

/** Bars of more than so many seasonal naives would leave no room to tell the others apart: they are cut. */
const MOST_NAIVES = 2.5;

/** A model in its place. */
interface Ranked {
  readonly name: string;
  readonly owa: number;
  readonly isAuto: boolean;
}

/** Every model by its OWA, the best first, beside the seasonal naive and Naive2. */
export function contestFigure({ models, auto, series }: ContestRun): Markup {
  const ranked = rankedOf(models, auto.chosen);
  const marks = ranked.filter(({ name, owa }) => name in MARKED && Number.isFinite(owa));
  const known = ranked.map(({ owa }) => owa).filter(Number.isFinite);
  if (known.length === 0) return html`<p class="left-out">No OWA is defined for these series, so none is drawn.</p>`;
  const naive = models.get('seasonal-naive')?.owa ?? Number.NaN;
  const most = Math.min(Math.max(...known), MOST_NAIVES * (naive > 0 ? naive : Math.max(...known)));
  const ticks = ticksFromZero(most, 6);
  const x = linearScale([0, ticks.at(-1)!], [PLOT.left, PLOT.right]);
  const bottom = PLOT.top + ranked.length * PLOT.row;
  return html`<figure class="chart contest" id="owa"><figcaption>Overall weighted average of each model <span class="unit">OWA, over ${number(series)} series</span></figcaption>
<svg viewBox="0 0 ${PLOT.width} ${bottom + 34}" role="img" aria-labelledby="owa-t owa-d"><title id="owa-t">OWA of each model, the best first</title><desc id="owa-d">${descriptionOf(ranked)}</desc>
${axis(x, ticks, bottom)}${ranked.map((one, i) => bar(one, { x, top: PLOT.top + i * PLOT.row }))}${marks.map((mark) => markLine(mark, x, bottom))}
</svg></figure>`;
}

/** The best first; what has no OWA last. */
export const rankedOf = (models: ReadonlyMap<string, Contender>, chosen: string): readonly Ranked[] =>
  [...models]
    .map(([name, { owa }]) => ({ name, owa, isAuto: name === chosen }))
    .sort((a, b) => (Number.isNaN(a.owa) ? Infinity : a.owa) - (Number.isNaN(b.owa) ? Infinity : b.owa) || 0);

const nameOf = ({ name, isAuto }: Ranked): string => `${MARKED[name] ?? name}${isAuto ? ' = auto' : ''}`;

function descriptionOf(ranked: readonly Ranked[]): string {
  const said = ranked.map((one) => `${nameOf(one)} ${fixed(one.owa, 3)}`);
  return `Lower is better: ${said.join(', ')}.`;
}

const axis = (x: Scale, ticks: readonly number[], bottom: number): Markup => {
  const lines = ticks.map((value) => {
    const at = px(x(value));
    return html`<path class="grid" d="M${at} ${PLOT.top - 4}V${bottom}"/><text class="tick" x="${at}" y="${bottom + 22}" text-anchor="middle">${value}</text>`;
  });
  return html`<g class="axis">${joined(lines)}</g>`;
};

function bar(one: Ranked, { x, top }: { readonly x: Scale; readonly top: number }): Markup {
  const { name, owa, isAuto } = one;
  const kind = isAuto ? 'chosen' : name in MARKED ? 'naive' : 'other';
  const cut = owa > x.domain[1];
  const end = Number.isFinite(owa) ? px(cut ? PLOT.right : x(owa)) : PLOT.left;
  const middle = top + PLOT.bar / 2 + 5;
  const shape = Number.isFinite(owa)
    ? html`<path class="rank ${kind}" d="M${PLOT.left} ${top}H${end}V${top + PLOT.bar}H${PLOT.left}Z"/>`
    : nothing;
  return html`<g><text class="rank-name ${kind}" x="${PLOT.left - 10}" y="${middle}" text-anchor="end">${nameOf(one)}</text>${shape}<text class="rank-value" x="${PLOT.values}" y="${middle}" text-anchor="end">${cut ? '→ ' : ''}${fixed(owa, 3)}</text></g>`;
}

function markLine({ name, owa }: Ranked, x: Scale, bottom: number): Markup {
  if (owa > x.domain[1]) return nothing;
  const at = px(x(owa));
  const above = name === 'naive2' ? 12 : 27;
  return html`<path class="moment" d="M${at} ${above + 4}V${bottom}"/><text class="moment-name" x="${at}" y="${above}" text-anchor="middle">${MARKED[name] ?? name}</text>`;
}
