import { html, joined, type Markup, nothing, trusted } from '../page/html.ts';
import type { TimeWords } from '../page/time-words.ts';
import { type Lane, laneGroup, lanesHeight } from './chart-lanes.ts';
import { PLOT } from './plot.ts';
import { linearScale, type Scale, ticksFromZero } from './scale.ts';
import { timeAxis } from './time-axis.ts';

/** One thing that a chart draws; readers switch it off by its key. */
export interface Layer {
  readonly key: string;
  /** Name in the legend. */
  readonly name: string;
  /** One line that says what it is. */
  readonly meaning: string;
  /** Paths and shapes, styled by `key` alone. */
  readonly shapes: readonly Shape[];
  /** False where readers have to switch it on. @default true */
  readonly shown?: boolean;
}

export interface Shape {
  readonly className: string;
  /** Path data; an empty one is left out. */
  readonly path: string;
}

export interface Chart {
  /** Unique on the page; letters and dashes. */
  readonly id: string;
  readonly title: string;
  /** What a person who cannot see the chart should know. */
  readonly description: string;
  readonly unit: string;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** How days are written. @default by the calendar, UTC */
  readonly words?: TimeWords;
  /** True when so many steps are drawn that lines must be thin. */
  readonly dense: boolean;
  /** Largest value that the axis must reach. */
  readonly max: number;
  /** How many lanes will lie between the plot and the time axis; the drawing grows by them. */
  readonly lanes?: number;
}

/** More steps than this leave less than two pixels for each. */
export const DENSE_FROM = 600;

/** The scales of a chart: time across, values from 0 upwards. */
export interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly ticks: readonly number[];
}

const BOTTOM_MARGIN = 48;

export function axesOf({ fromMs, toMs, max, height }: Chart): Axes {
  const ticks = ticksFromZero(max, 5);
  const top = ticks.at(-1) ?? 1;
  return {
    x: linearScale([fromMs, toMs], [PLOT.left, PLOT.right]),
    y: linearScale([0, top], [height - BOTTOM_MARGIN, PLOT.top]),
    ticks,
  };
}

/**
 * A figure: the drawing with its title and description, axes and layers, and a legend that switches layers off. What the
 * page's script needs to find a time in it stands in data attributes.
 */
export function chartFigure(
  chart: Chart,
  axes: Axes,
  { layers, lanes = [] }: { readonly layers: readonly Layer[]; readonly lanes?: readonly Lane[] },
): Markup {
  const { id, title, description, height } = chart;
  const { x, y } = axes;
  const plotBottom = height - BOTTOM_MARGIN;
  const base = plotBottom + lanesHeight(chart.lanes ?? 0);
  const [v0, v1] = y.domain;
  const drawn = layers.filter(({ shapes }) => shapes.some(({ path }) => path !== ''));
  return html`<figure class="chart${chart.dense ? ' dense' : ''}" id="${id}">
<figcaption>${title} <span class="unit">${chart.unit}</span></figcaption>
<svg viewBox="0 0 ${PLOT.width} ${base + BOTTOM_MARGIN}" role="img" aria-labelledby="${id}-t ${id}-d" data-t0="${x.domain[0]}" data-t1="${x.domain[1]}" data-x0="${x.range[0]}" data-x1="${x.range[1]}" data-v1="${v1 - v0}" data-y0="${y.range[0]}" data-y1="${y.range[1]}">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
<clipPath id="${id}-c"><rect x="${PLOT.left}" y="0" width="${PLOT.right - PLOT.left}" height="${plotBottom + 1}"/></clipPath>
${hatchOf(id)}${valueAxis(axes)}${timeAxis(chart, x, { plotBottom, base })}${laneGroup(lanes, plotBottom)}
<g clip-path="url(#${id}-c)">${drawn.map(layerGroup)}<path class="cursor-window" d=""/><path class="cursor-level" d=""/><path class="cursor-line" d=""/></g>
</svg>
${legend(drawn)}
</figure>`;
}

const layerGroup = ({ key, shapes, shown = true }: Layer): Markup =>
  html`<g data-layer="${key}"${trusted(shown ? '' : ' class="off"')}>${shapes.map(shapePath)}</g>`;

const shapePath = ({ className, path }: Shape): Markup =>
  path === '' ? nothing : html`<path class="${className}" d="${path}"/>`;

/** Lines across a fill, so that it is told from others without its colour. */
const hatchOf = (id: string): Markup =>
  html`<pattern id="${id}-h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M1.2 0V5"/></pattern>`;

const tickLabel = (value: number): string =>
  value >= 10_000 ? `${Number((value / 1000).toPrecision(6))}k` : String(value);

function valueAxis({ y, ticks }: Axes): Markup {
  const lines = ticks.map((value) => {
    const at = Math.round(y(value) * 10) / 10;
    return html`<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/><text class="tick" x="${PLOT.left - 8}" y="${at + 4}" text-anchor="end">${tickLabel(value)}</text>`;
  });
  return html`<g class="axis">${joined(lines)}</g>`;
}

const sampleOf = (className: string): string => (className.startsWith('line') ? 'M1 8H25' : 'M1 3H25V13H1Z');

function legend(layers: readonly Layer[]): Markup {
  const entries = layers.map(({ key, name, meaning, shapes, shown = true }) => {
    const sample = shapes.map(({ className }) => html`<path class="${className}" d="${sampleOf(className)}"/>`);
    return html`<li><label title="${meaning}"><input type="checkbox"${trusted(shown ? ' checked' : '')} data-toggles="${key}"><svg class="sample" viewBox="0 0 26 16" aria-hidden="true">${joined(sample)}</svg><span>${name}</span></label> <span class="meaning">${meaning}</span></li>`;
  });
  return html`<ul class="legend">${joined(entries)}</ul>`;
}
