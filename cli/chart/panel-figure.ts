import { html, joined, type Markup } from '../page/html.ts';
import type { TimeWords } from '../page/time-words.ts';
import { DENSE_FROM } from './chart-frame.ts';
import { isDrawn, type Layer, layerGroup, legend } from './layers.ts';
import { PLOT } from './plot.ts';
import { linearScale, type Scale, ticksBetween, ticksFromZero } from './scale.ts';
import { timeAxis } from './time-axis.ts';
import { tickLabel, valueLines } from './value-lines.ts';

/** The scales of one panel, in pixels of the drawing. */
export interface PanelScales {
  readonly x: Scale;
  readonly y: Scale;
}

/** One plot of a figure, with values of its own. */
export interface Panel {
  /** Stands above the plot where there are several, and where the axis begins unless that is 0. */
  readonly name: string;
  /** Values that the axis must reach; what lies beyond leaves the picture. */
  readonly min: number;
  readonly max: number;
  /** From the back to the front. Layers of the same key are switched together. */
  readonly layers: (scales: PanelScales) => readonly Layer[];
}

/** A moment that a line through all panels marks; the label stands to its left. */
export interface Mark {
  readonly ms: number;
  readonly label: string;
}

export interface PanelChart {
  /** Unique on the page; letters and dashes. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** What a person who cannot see the chart should know. */
  readonly description: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: TimeWords;
  /** Steps across: so many that lines must be thin, or not. */
  readonly steps: number;
  readonly mark?: Mark;
  /** True where the legend need not say again what another of the page has said. */
  readonly brief?: boolean;
}

const ALONE = { height: 300, ticks: 5 } as const;
const AMONG_OTHERS = { height: 150, ticks: 3 } as const;

/** Where the least value is above this share of the greatest, an axis from 0 would show a flat line. */
const NARROW = 0.6;

/** Share of the values' extent that is left free above them. */
const HEADROOM = 0.03;

const ABOVE_PLOT = 24;
const BELOW = 48;

/** Plots one above the other on one axis of time, each with its own values, and one legend for all. */
export function panelFigure(chart: PanelChart, panels: readonly Panel[]): Markup {
  const { id, title, unit, description, fromMs, toMs } = chart;
  const x = linearScale([fromMs, toMs], [PLOT.left, PLOT.right]);
  const { height } = panels.length > 1 ? AMONG_OTHERS : ALONE;
  const placed = panels.map((panel, i) =>
    placePanel(panel, { x, top: i * (height + ABOVE_PLOT), alone: panels.length === 1 }),
  );
  const base = panels.length * (height + ABOVE_PLOT);
  const drawn = placed.map((one, i) => panelGroup(one, `${id}-c${i}`));
  return html`<figure class="chart${chart.steps > DENSE_FROM ? ' dense' : ''}${chart.brief === true ? ' brief' : ''}" id="${id}">
<figcaption>${title} <span class="unit">${unit}</span></figcaption>
<svg viewBox="0 0 ${PLOT.width} ${base + BELOW}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
${timeAxis(chart, x, { plotBottom: base, base })}${joined(drawn)}${markGroup(chart.mark, x, base)}
</svg>
${legend(oneOfEach(placed.flatMap(({ layers }) => layers)))}
</figure>`;
}

interface PlacedPanel {
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  readonly y: Scale;
  readonly ticks: readonly number[];
  readonly layers: readonly Layer[];
}

function placePanel(
  { name, min, max, layers }: Panel,
  { x, top, alone }: { readonly x: Scale; readonly top: number; readonly alone: boolean },
): PlacedPanel {
  const form = alone ? ALONE : AMONG_OTHERS;
  const ticks = ticksOf(min, max, form.ticks);
  const [plotTop, bottom] = [top + ABOVE_PLOT, top + ABOVE_PLOT + form.height];
  const floor = ticks[0]!;
  const y = linearScale([floor, ticks.at(-1)!], [bottom, plotTop]);
  const said = [...(alone ? [] : [name]), ...(floor > 0 ? [`axis from ${tickLabel(floor)}`] : [])].join(', ');
  return { name: said, top: plotTop, bottom, y, ticks, layers: layers({ x, y }).filter(isDrawn) };
}

/** From 0, or from near the least of values that are all far above 0; with room above the greatest. */
function ticksOf(min: number, max: number, count: number): readonly number[] {
  const isNarrow = min > NARROW * max && min < max;
  return isNarrow ? ticksBetween(min, max + HEADROOM * (max - min), count) : ticksFromZero((1 + HEADROOM) * max, count);
}

const panelGroup = ({ name, top, bottom, y, ticks, layers }: PlacedPanel, clipId: string): Markup =>
  html`<clipPath id="${clipId}"><rect x="${PLOT.left}" y="${top - 2}" width="${PLOT.right - PLOT.left}" height="${bottom - top + 3}"/></clipPath>
${valueLines(y, ticks)}<g clip-path="url(#${clipId})">${layers.map(layerGroup)}</g><text class="panel-name" x="${PLOT.left}" y="${top - 8}">${name}</text>`;

function markGroup(mark: Mark | undefined, x: Scale, base: number): Markup | undefined {
  if (mark === undefined) return undefined;
  const at = Math.round(x(mark.ms) * 10) / 10;
  return html`<path class="moment" d="M${at} 4V${base}"/><text class="moment-name" x="${at - 6}" y="15" text-anchor="end">${mark.label}</text>`;
}

/** The first of each key. */
const oneOfEach = (layers: readonly Layer[]): readonly Layer[] =>
  layers.filter(({ key }, i) => layers.findIndex((other) => other.key === key) === i);
