import type { Layer } from '../../chart/layers.ts';
import type { PanelScales } from '../../chart/panel-figure.ts';
import { type BandSpan, bandPath, linePath, ribbonPath, type Span, stepPath } from '../../chart/svg-path.ts';
import { thinned } from '../../chart/thinned.ts';
import { duration, percent } from '../../page/format.ts';
import { type ForecastPlot, knownSteps, type PlottedLoad, startOf } from './forecast-plot.ts';
import { fanOf } from './quantile-fan.ts';
import type { View } from './views.ts';

const DAY_MS = 86_400_000;

/** What a panel draws of one load, from the back to the front. */
export function loadLayers(
  plot: ForecastPlot,
  load: PlottedLoad,
  view: View,
): (scales: PanelScales) => readonly Layer[] {
  return (scales) => {
    const draw = drawer(plot, scales);
    return [
      ...peakLayers(plot, draw),
      ...fanLayers(load, draw),
      dayBefore(plot, load, draw),
      {
        key: 'load',
        name: 'recorded',
        meaning: 'the load as the file has it; a break where it has none',
        shapes: [{ className: 'line load', path: linePath(recordedIn(plot, load, view).map(draw.held)) }],
      },
      {
        key: 'expected',
        name: 'expected',
        meaning: 'what the model expects of each step',
        shapes: [{ className: 'line expected', path: aheadPath(expectedOf(load, draw)) }],
      },
    ];
  };
}

/** A value over steps counted from the moment at which the forecast begins, those before it below 0. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly value: number | null;
}

/** From steps and loads to pixels. */
interface Drawer {
  readonly held: (stretch: Stretch) => Span;
  readonly expected: (at: { readonly after: number; readonly load: number }) => Span;
  readonly band: (after: { readonly from: number; readonly to: number }, low: number, high: number) => BandSpan;
}

function drawer(plot: ForecastPlot, { x, y }: PanelScales): Drawer {
  const across = (from: number, to: number) => ({ from: x(startOf(plot, from + 1)), to: x(startOf(plot, to + 1)) });
  return {
    held: ({ from, to, value }) => ({ ...across(from, to), y: value === null ? null : y(value) }),
    expected: ({ after, load }) => ({ ...across(after - 1, after), y: y(load) }),
    band: ({ from, to }, low, high) => ({ ...across(from, to), low: y(low), high: y(high) }),
  };
}

/** The newest steps of the record, as many as the view shows; so many that a pixel would hold several are thinned. */
export function recordedIn(plot: ForecastPlot, { recorded }: PlottedLoad, { before }: View): readonly Stretch[] {
  const end = knownSteps(plot, recorded);
  const first = Math.max(0, end - before);
  return thinned(recorded.values.subarray(first)).map(({ from, to, value }) => ({
    from: first + from - end,
    to: first + to - end,
    value,
  }));
}

/** A line, or a level over the only step that there is: dashes would not show its middle. */
const aheadPath = (spans: readonly Span[]): string => (spans.length === 1 ? stepPath(spans) : linePath(spans));

/** Leads may be far apart; a path of every step is thinned as the record is. */
function expectedOf({ expected }: PlottedLoad, draw: Drawer): readonly Span[] {
  if (expected.at(-1)?.after !== expected.length) return expected.map(draw.expected);
  return thinned(expected.map(({ load }) => load)).map(draw.held);
}

/** The newest whole day once more: what to expect of whoever knows no better. */
function dayBefore(plot: ForecastPlot, { recorded, expected }: PlottedLoad, draw: Drawer): Layer {
  const day = Math.round(DAY_MS / plot.stepMs);
  const end = knownSteps(plot, recorded);
  const reach = expected.at(-1)?.after ?? 0;
  const steps =
    day < 1 || end < day ? [] : Array.from({ length: reach }, (_, k) => recorded.values[end - day + (k % day)]!);
  const repeated = thinned(Float64Array.from(steps)).map(draw.held);
  return {
    key: 'before',
    name: 'a day before',
    meaning: 'the newest day of the record once more, as a yardstick',
    shapes: [{ className: 'line before', path: aheadPath(repeated) }],
    // A day that is drawn again and again hides what it stands beside.
    shown: reach <= day,
  };
}

/** Quantiles of the peak, each as wide as the lead window that they speak of. */
function peakLayers({ window, stepMs }: ForecastPlot, draw: Drawer): readonly Layer[] {
  if (window === undefined) return [];
  const over = { from: 0, to: window.steps };
  const ahead = duration((window.steps * stepMs) / 1000);
  const at = (value: number): string => stepPath([draw.held({ ...over, value })]);
  return [
    ...fanOf(window.quantiles).map(({ key, name, share, className, low, high }) => ({
      key,
      name: `peak, ${name}`,
      meaning: `the peak of the next ${ahead} lies here ${share}`,
      shapes: [{ className, path: bandPath([draw.band(over, low, high)]) }],
    })),
    {
      key: 'median',
      name: 'peak, median',
      meaning: `the peak of the next ${ahead} is above it as often as below`,
      shapes: [{ className: 'line median', path: at(window.quantiles['0.5'] ?? Number.NaN) }],
    },
    {
      key: 'level',
      name: 'priced level',
      meaning: `the peak stays below it with ${percent(window.level, 1)}: the level that the price of a shortage asks for`,
      shapes: [{ className: 'line level', path: at(window.loadAtLevel) }],
    },
  ];
}

/** Quantiles of the load at each of its leads. */
function fanLayers({ expected, quantiles }: PlottedLoad, draw: Drawer): readonly Layer[] {
  if (quantiles === undefined) return [];
  const at = (k: number) => Object.fromEntries(Object.entries(quantiles).map(([level, loads]) => [level, loads[k]!]));
  const fans = expected.map((_, k) => fanOf(at(k)));
  return fans[0]!.map(({ key, name, share, className }, i) => ({
    key,
    name,
    meaning: `the load of a step lies here ${share}`,
    shapes: [
      {
        className,
        path: ribbonPath(
          expected.map(({ after }, k) =>
            draw.band({ from: after - 1, to: after }, fans[k]![i]!.low, fans[k]![i]!.high),
          ),
        ),
      },
    ],
  }));
}
