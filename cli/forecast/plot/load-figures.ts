import { type Panel, panelFigure } from '../../chart/panel-figure.ts';
import { load as asLoad, duration } from '../../page/format.ts';
import { html, type Markup } from '../../page/html.ts';
import { type ForecastPlot, type PlottedLoad, startOf, wordsOf } from './forecast-plot.ts';
import { loadLayers, recordedIn } from './load-layers.ts';
import { type View, viewsOf } from './views.ts';

/** How far above all else quantiles may stretch the axis, so that a wild one does not flatten the load. */
const MOST_STRETCH = 2.5;

/** The load and its forecast, one panel a load, from afar and from near by. */
export const loadFigures = (plot: ForecastPlot): Markup =>
  html`${viewsOf(plot).map((view, i) => loadFigure(plot, view, i > 0))}`;

function loadFigure(plot: ForecastPlot, view: View, brief: boolean): Markup {
  const panels = plot.loads.map(
    (load): Panel => ({
      name: load.column,
      ...extentOf(plot, load, view),
      layers: loadLayers(plot, load, view),
    }),
  );
  const chart = {
    id: view.id,
    title: view.title,
    unit: `${plot.loads.map(({ column }) => column).join(', ')} per ${duration(plot.stepMs / 1000)}`,
    description: descriptionOf(plot, view),
    fromMs: startOf(plot, 1 - view.before),
    toMs: startOf(plot, view.after + 1),
    words: wordsOf(plot),
    steps: view.before + view.after,
    brief,
    mark: { ms: plot.startMs, label: 'forecast from here on' },
  };
  return panelFigure(chart, panels);
}

function extentOf(plot: ForecastPlot, load: PlottedLoad, view: View): Pick<Panel, 'min' | 'max'> {
  const recorded = recordedIn(plot, load, view).flatMap(({ value }) => value ?? []);
  const expected = load.expected.filter(({ after }) => after <= view.after).map((one) => one.load);
  const priced = plot.window === undefined ? [] : [plot.window.loadAtLevel];
  const sure = [...recorded, ...expected, ...priced].filter(Number.isFinite);
  const unsure = [...Object.values(plot.window?.quantiles ?? {}), ...Object.values(load.quantiles ?? {}).flat()];
  const all = [...sure, ...unsure.filter(Number.isFinite)];
  return { min: least(all), max: Math.min(greatest(all), MOST_STRETCH * greatest(sure)) };
}

const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);

function descriptionOf(plot: ForecastPlot, view: View): string {
  const { moment } = wordsOf(plot);
  const span = `From ${moment(startOf(plot, 1 - view.before))} to ${moment(startOf(plot, view.after + 1))}; the forecast begins at ${moment(plot.startMs)}.`;
  const told = plot.loads.map(({ column, expected }) => {
    const loads = expected.map(({ load }) => load);
    return ` ${column} is expected between ${asLoad(least(loads))} and ${asLoad(greatest(loads))}.`;
  });
  return `${span}${told.join('')} The tables have every number.`;
}
