import { LEVELS } from '../../../models/forecast/lead/lead-intervals.ts';
import type { LeadPath } from '../../../models/forecast/lead/lead-path.ts';
import type { Layer } from '../../chart/layers.ts';
import { type PanelScales, panelFigure } from '../../chart/panel-figure.ts';
import { linePath, ribbonPath, type Span } from '../../chart/svg-path.ts';
import { load as asLoad, duration, number, percent } from '../../page/format.ts';
import { html, type Markup } from '../../page/html.ts';
import type { TimeWords } from '../../page/time-words.ts';

/** So many targets leave three pixels for each. */
const MOST_TARGETS = 14 * 24;

/** The central intervals that are drawn, the wider behind. */
const DRAWN = [
  { level: 0.95, className: 'band middle' },
  { level: 0.8, className: 'band inner' },
] as const;

/** A wild interval does not flatten the load: no further than so many times what came and was forecast. */
const MOST_STRETCH = 1.6;

/** What a lead's figure is called and measured in. */
export interface LeadNames {
  /** Unique on the page; letters, digits and dashes. */
  readonly id: string;
  /** As it was asked for, such as 24h. */
  readonly lead: string;
  readonly column: string;
  readonly words: TimeWords;
}

/** What came and what was forecast a lead before, with the central intervals; of a long record the newest part. */
export function leadFigure(path: LeadPath, { id, lead, column, words }: LeadNames): Markup {
  const shown = newest(path);
  const { startsMs, stepMs, actual } = shown;
  const [fromMs, toMs] = [startsMs[0]!, startsMs.at(-1)! + stepMs];
  const chart = {
    id,
    title: `What came, and what was forecast ${lead} before`,
    unit: `${column}, mean of ${duration(stepMs / 1000)}`,
    description: `Load and forecast from ${words.moment(fromMs)} to ${words.moment(toMs)}, ${number(actual.length)} targets${peakSaid(actual)}. The tables have the figures.`,
    fromMs,
    toMs,
    words,
    steps: actual.length,
  };
  const panel = { name: column, ...extentOf(shown), layers: (scales: PanelScales) => layersOf(shown, scales) };
  return html`${panelFigure(chart, [panel])}${newestSaid(path, shown, words)}`;
}

function newest(path: LeadPath): LeadPath {
  const cut = (values: Float64Array): Float64Array => values.subarray(Math.max(0, values.length - MOST_TARGETS));
  const { startsMs, actual, forecast, yardstick, widths } = path;
  return {
    ...path,
    startsMs: cut(startsMs),
    actual: cut(actual),
    forecast: cut(forecast),
    yardstick: cut(yardstick),
    widths: widths.map(cut),
  };
}

function newestSaid({ actual, startsMs }: LeadPath, shown: LeadPath, words: TimeWords): Markup | undefined {
  if (shown.actual.length === actual.length) return undefined;
  return html`<p class="reading">Drawn are the newest ${number(shown.actual.length)} of ${number(actual.length)} targets; the first that was scored lies at ${words.moment(startsMs[0]!)}. All figures are of all of them.</p>`;
}

function peakSaid(actual: Float64Array): string {
  const known = actual.filter(Number.isFinite);
  return known.length === 0
    ? ''
    : `; the load lies between ${asLoad(Math.min(...known))} and ${asLoad(Math.max(...known))}`;
}

function extentOf(path: LeadPath): { readonly min: number; readonly max: number } {
  const sure = [...path.actual, ...path.forecast].filter(Number.isFinite);
  const edges = DRAWN.flatMap(({ level }) => [...path.forecast.keys()].flatMap((i) => edgesAt(path, level, i)));
  const most = sure.reduce((a, b) => Math.max(a, b), 0);
  const all = [...sure, ...edges.filter(Number.isFinite)];
  return {
    min: all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    max: Math.min(
      all.reduce((a, b) => Math.max(a, b), 0),
      most * MOST_STRETCH,
    ),
  };
}

/** Lower and upper edge of a central interval; no load is below 0. */
function edgesAt({ forecast, widths }: LeadPath, level: (typeof LEVELS)[number], i: number): readonly [number, number] {
  const width = widths[LEVELS.indexOf(level)]![i]!;
  return [Math.max(0, forecast[i]! - width), forecast[i]! + width];
}

function layersOf(path: LeadPath, { x, y }: PanelScales): readonly Layer[] {
  const { startsMs, stepMs, actual, forecast, yardstick } = path;
  const across = (i: number) => ({ from: x(startsMs[i]!), to: x(startsMs[i]! + stepMs) });
  const line = (values: Float64Array): string =>
    linePath(Array.from(values, (value, i): Span => ({ ...across(i), y: Number.isNaN(value) ? null : y(value) })));
  const band = (level: (typeof LEVELS)[number]): string =>
    ribbonPath(
      Array.from(forecast, (_, i) => {
        const [low, high] = edgesAt(path, level, i);
        return { ...across(i), low: y(low), high: y(high) };
      }),
    );
  return [
    ...DRAWN.map(({ level, className }) => ({
      key: `within-${level * 100}`,
      name: `interval of ${percent(level)}`,
      meaning: `central interval that shall hold ${percent(level)} of what comes`,
      shapes: [{ className, path: band(level) }],
    })),
    { ...SEASON, shapes: [{ className: 'line before', path: line(yardstick) }] },
    { ...FORECAST, shapes: [{ className: 'line expected', path: line(forecast) }] },
    { ...CAME, shapes: [{ className: 'line load', path: line(actual) }] },
  ];
}

const CAME = {
  key: 'came',
  name: 'what came',
  meaning: 'the load at each target; a break where nobody saw it',
} as const;

const FORECAST = {
  key: 'forecast',
  name: 'forecast',
  meaning: 'what was forecast of it, from what was known then',
} as const;

const SEASON = {
  key: 'season',
  name: 'a season repeated',
  meaning: 'the day or the week before, whichever erred less in the first half: the yardstick',
  shown: false,
} as const;
