import { LEDGER_LEVELS } from '../../loop/ledger.ts';
import { type Axes, axesOf, type Chart, chartFigure, DENSE_FROM } from '../chart/chart-frame.ts';
import type { Layer } from '../chart/layers.ts';
import { type BandSpan, bandPath, linePath, type Span, stepPath } from '../chart/svg-path.ts';
import { load as asLoad, dateTime, duration, known, percent } from '../page/format.ts';
import { html, type Markup } from '../page/html.ts';
import { type FanPart, forecastFan } from './forecast-fan.ts';
import type { DayReport } from './report-data.ts';

const levelIndex = (level: (typeof LEDGER_LEVELS)[number]): number => LEDGER_LEVELS.indexOf(level);

/** Load over the period with the quantiles of its peak, each drawn at the end of the window that it speaks of. */
export function loadChart(data: DayReport): Markup {
  const fan = forecastFan(data.records, data.stepSeconds);
  const loads = data.steps.flatMap(({ load }) => known(load) ?? []);
  if (loads.length === 0 && fan.length === 0) {
    return html`<p class="left-out">No step with a known load and no forecast: there is nothing to draw.</p>`;
  }
  const chart = chartOf(data, loads, fan);
  const axes = axesOf(chart);
  const layers = [...fanLayers(fan, axes, data.level), loadLayer(data, axes)];
  return html`${chartFigure(chart, axes, { layers })}${reading(data, fan)}`;
}

function chartOf({ period, steps, stepSeconds }: DayReport, loads: readonly number[], fan: readonly FanPart[]): Chart {
  const most = loads.reduce((a, b) => Math.max(a, b), 0);
  const priced = fan.reduce((a, { atLevel }) => Math.max(a, atLevel ?? 0), 0);
  const peak = steps.find(({ load }) => known(load) === most);
  const when = peak === undefined ? '' : ` with its peak of ${asLoad(most)} at ${dateTime(peak.ms)}`;
  return {
    id: 'load-chart',
    title: 'Load and what was expected of it',
    description: `Load per step of ${duration(stepSeconds)} from ${dateTime(period.fromMs)} to ${dateTime(period.toMs)}${when}, and bands of the expected peak. The table of decisions has every number.`,
    unit: `load per ${duration(stepSeconds)}`,
    height: 330,
    ...period,
    dense: steps.length > DENSE_FROM,
    // Rare high quantiles may leave the picture at the top; the load and the priced level never do.
    max: Math.max(most * 1.05, priced),
  };
}

function fanLayers(fan: readonly FanPart[], { x, y }: Axes, level: number | null): readonly Layer[] {
  const at = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : y(value);
  const spans = (value: (part: FanPart) => number | null | undefined): readonly Span[] =>
    fan.map((part) => ({ from: x(part.fromMs), to: x(part.toMs), y: at(value(part)) }));
  const band = (low: (typeof LEDGER_LEVELS)[number], high: (typeof LEDGER_LEVELS)[number]): readonly BandSpan[] =>
    fan.map((part) => ({
      from: x(part.fromMs),
      to: x(part.toMs),
      low: at(part.quantiles[levelIndex(low)]),
      high: at(part.quantiles[levelIndex(high)]),
    }));
  const asked = level === null ? 'the level that the price asks for' : `level ${percent(level, 1)}`;
  return [
    {
      key: 'band-99',
      name: '90–99 %',
      meaning: 'the peak lies here 9 times in 100',
      shapes: [{ className: 'band outer', path: bandPath(band(0.9, 0.99)) }],
    },
    {
      key: 'band-80',
      name: '10–90 %',
      meaning: 'the peak lies here 8 times in 10',
      shapes: [{ className: 'band middle', path: bandPath(band(0.1, 0.9)) }],
    },
    {
      key: 'band-50',
      name: '25–75 %',
      meaning: 'the peak lies here every second time',
      shapes: [{ className: 'band inner', path: bandPath(band(0.25, 0.75)) }],
    },
    {
      key: 'level',
      name: 'priced level',
      meaning: `the expected peak at ${asked}: there one more unit for that peak costs as much as it saves`,
      shapes: [{ className: 'line level', path: stepPath(spans((part) => part.atLevel)) }],
    },
  ];
}

function loadLayer({ steps, stepSeconds }: DayReport, { x, y }: Axes): Layer {
  const stepMs = stepSeconds * 1000;
  const spans = steps.map(({ ms, load }) => {
    const value = known(load);
    return { from: x(ms), to: x(ms + stepMs), y: value === null ? null : y(value) };
  });
  return {
    key: 'load',
    name: 'load',
    meaning: 'what arrived in each step; a break where nobody knows',
    shapes: [{ className: 'line load', path: linePath(spans) }],
  };
}

function reading({ stepSeconds, records }: DayReport, fan: readonly FanPart[]): Markup {
  if (fan.length === 0)
    return html`<p class="left-out">No tick of this period had a forecast, so no band is drawn.</p>`;
  const steps = records.flatMap(({ decision: { forecast } }) =>
    forecast.kind === 'forecast' ? forecast.windowSteps : [],
  );
  const lead = duration((steps.at(-1) ?? 1) * stepSeconds);
  return html`<p class="reading">Each tick forecasts the <em>peak</em> of the load over its lead window: the ${lead} that lie between the newest load it knows and the moment at which capacity ordered later would be there. A band is drawn at the end of that window, so at any time it shows what was expected when there was still time to order. The load may lie below a band that still covers an earlier peak of the same window. Select a decision to see its whole window.</p>`;
}
