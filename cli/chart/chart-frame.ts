import { html, type Markup } from '../page/html.ts';
import type { TimeWords } from '../page/time-words.ts';
import { type Lane, laneGroup, lanesHeight } from './chart-lanes.ts';
import { isDrawn, type Layer, layerGroup, legend } from './layers.ts';
import { PLOT } from './plot.ts';
import { linearScale, type Scale, ticksFromZero } from './scale.ts';
import { timeAxis } from './time-axis.ts';
import { valueLines } from './value-lines.ts';

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
  const drawn = layers.filter(isDrawn);
  return html`<figure class="chart${chart.dense ? ' dense' : ''}" id="${id}">
<figcaption>${title} <span class="unit">${chart.unit}</span></figcaption>
<svg viewBox="0 0 ${PLOT.width} ${base + BOTTOM_MARGIN}" role="img" aria-labelledby="${id}-t ${id}-d" data-t0="${x.domain[0]}" data-t1="${x.domain[1]}" data-x0="${x.range[0]}" data-x1="${x.range[1]}" data-v1="${v1 - v0}" data-y0="${y.range[0]}" data-y1="${y.range[1]}">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
<clipPath id="${id}-c"><rect x="${PLOT.left}" y="0" width="${PLOT.right - PLOT.left}" height="${plotBottom + 1}"/></clipPath>
${hatchOf(id)}${valueLines(y, axes.ticks)}${timeAxis(chart, x, { plotBottom, base })}${laneGroup(lanes, plotBottom)}
<g clip-path="url(#${id}-c)">${drawn.map(layerGroup)}<path class="cursor-window" d=""/><path class="cursor-level" d=""/><path class="cursor-line" d=""/></g>
</svg>
${legend(drawn)}
</figure>`;
}

/** Lines across a fill, so that it is told from others without its colour. */
const hatchOf = (id: string): Markup =>
  html`<pattern id="${id}-h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M1.2 0V5"/></pattern>`;
