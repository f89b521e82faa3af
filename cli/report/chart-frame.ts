import { clock, day } from './format.ts';
import { html, joined, type Markup, nothing } from './html.ts';
import { linearScale, type Scale, ticksFromZero, timeTicks } from './scale.ts';

/** Where a chart's plot lies in its drawing, in pixels of the view box. */
export const PLOT = { width: 1120, left: 70, right: 1104, top: 12 } as const;

/** One thing that a chart draws; readers switch it off by its key. */
export interface Layer {
  readonly key: string;
  /** Name in the legend. */
  readonly name: string;
  /** One line that says what it is. */
  readonly meaning: string;
  /** Paths and shapes, styled by `key` alone. */
  readonly shapes: readonly Shape[];
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
  /** True when so many steps are drawn that lines must be thin. */
  readonly dense: boolean;
  /** Largest value that the axis must reach. */
  readonly max: number;
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
export function chartFigure(chart: Chart, axes: Axes, layers: readonly Layer[]): Markup {
  const { id, title, description, height } = chart;
  const { x, y } = axes;
  const [v0, v1] = y.domain;
  const drawn = layers.filter(({ shapes }) => shapes.some(({ path }) => path !== ''));
  return html`<figure class="chart${chart.dense ? ' dense' : ''}" id="${id}">
<figcaption>${title} <span class="unit">${chart.unit}</span></figcaption>
<svg viewBox="0 0 ${PLOT.width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d" data-t0="${x.domain[0]}" data-t1="${x.domain[1]}" data-x0="${x.range[0]}" data-x1="${x.range[1]}" data-v1="${v1 - v0}" data-y0="${y.range[0]}" data-y1="${y.range[1]}">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
<clipPath id="${id}-c"><rect x="${PLOT.left}" y="0" width="${PLOT.right - PLOT.left}" height="${height - BOTTOM_MARGIN + 8}"/></clipPath>
${valueAxis(axes)}${timeAxis(chart, axes)}
<g clip-path="url(#${id}-c)">${drawn.map(layerGroup)}<path class="cursor-window" d=""/><path class="cursor-level" d=""/><path class="cursor-line" d=""/></g>
</svg>
${legend(drawn)}
</figure>`;
}

const layerGroup = ({ key, shapes }: Layer): Markup => html`<g data-layer="${key}">${shapes.map(shapePath)}</g>`;

const shapePath = ({ className, path }: Shape): Markup =>
  path === '' ? nothing : html`<path class="${className}" d="${path}"/>`;

const tickLabel = (value: number): string =>
  value >= 10_000 ? `${Number((value / 1000).toPrecision(6))}k` : String(value);

function valueAxis({ y, ticks }: Axes): Markup {
  const lines = ticks.map((value) => {
    const at = Math.round(y(value) * 10) / 10;
    return html`<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/><text class="tick" x="${PLOT.left - 8}" y="${at + 4}" text-anchor="end">${tickLabel(value)}</text>`;
  });
  return html`<g class="axis">${joined(lines)}</g>`;
}

function timeAxis({ fromMs, toMs, height }: Chart, { x }: Axes): Markup {
  const base = height - BOTTOM_MARGIN;
  const times = timeTicks(fromMs, toMs, 12);
  const lines = times.map((ms, i) => {
    const at = Math.round(x(ms) * 10) / 10;
    const sparse = i % 2 === 1 ? ' every-other' : '';
    return html`<path class="grid" d="M${at} ${base}v5"/><text class="tick${sparse}" x="${at}" y="${base + 23}" text-anchor="${anchorAt(at)}">${clock(ms)}</text>`;
  });
  const dates = datesOf(times, fromMs, x).map((ms) => {
    const at = Math.round(x(ms) * 10) / 10;
    return html`<text class="date" x="${at}" y="${base + 42}" text-anchor="${at < PLOT.left + 70 ? 'start' : anchorAt(at)}">${day(ms)} UTC</text>`;
  });
  return html`<g class="axis">${joined(lines)}${joined(dates)}</g>`;
}

/** Labels near the right edge end there instead of running out of the picture. */
const anchorAt = (at: number): 'end' | 'middle' => (at > PLOT.right - 24 ? 'end' : 'middle');

const DATE_WIDTH = 190;

/** The day at the left edge and each midnight, as far as their labels have room beside each other. */
function datesOf(times: readonly number[], fromMs: number, x: Scale): readonly number[] {
  const dates = [fromMs];
  for (const ms of times) {
    if (ms % 86_400_000 === 0 && x(ms) - x(dates.at(-1) ?? fromMs) >= DATE_WIDTH) dates.push(ms);
  }
  return dates;
}

const sampleOf = (className: string): string => (className.startsWith('line') ? 'M1 8H25' : 'M1 3H25V13H1Z');

function legend(layers: readonly Layer[]): Markup {
  const entries = layers.map(({ key, name, meaning, shapes }) => {
    const sample = shapes.map(({ className }) => html`<path class="${className}" d="${sampleOf(className)}"/>`);
    return html`<li><label title="${meaning}"><input type="checkbox" checked data-toggles="${key}"><svg class="sample" viewBox="0 0 26 16" aria-hidden="true">${joined(sample)}</svg><span>${name}</span></label> <span class="meaning">${meaning}</span></li>`;
  });
  return html`<ul class="legend">${joined(entries)}</ul>`;
}
