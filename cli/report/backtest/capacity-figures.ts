import { armName } from '../arm-names.ts';
import { type Axes, axesOf, type Chart, chartFigure, DENSE_FROM, type Layer } from '../chart-frame.ts';
import type { Lane } from '../chart-lanes.ts';
import { dateTime, fixed, number } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { bandPath, stepPath } from '../svg-path.ts';
import { armClass, shownFirst, withLanes } from './chosen-arms.ts';
import { type BacktestPage, loadInUnits, msOf, type PageArm, scoredSteps } from './page-data.ts';
import { type Held, thinned } from './thinned.ts';

/** Load against what each policy had in service; readers choose the policies. */
export function capacityFigure(page: BacktestPage): Markup {
  const shown = shownFirst(page.arms);
  const needed = needOf(page);
  const drawn = page.arms.filter(({ name }) => shown.has(name));
  const chart = chartOf(page, [needed, ...drawn.map(({ ready }) => ready)], withLanes(page.arms).length);
  const axes = axesOf(chart);
  const across = (step: number): number => axes.x(msOf(page, step));
  const stairs = (values: ArrayLike<number>): string =>
    stepPath(
      thinned(values).map(({ from, to, value }) => ({ from: across(from), to: across(to), y: yOf(axes, value) })),
    );
  const layers: readonly Layer[] = [
    {
      key: 'load',
      name: 'load',
      meaning: LOAD_MEANING,
      shapes: [{ className: 'area load', path: loadArea(page, axes) }],
    },
    { ...NEED, shapes: [{ className: 'line need', path: stairs(needed) }] },
    { ...OPTIMUM, shapes: [{ className: 'line best', path: stairs(page.best.capacity) }], shown: false },
    ...page.arms.map((arm, i) => armLayer(arm, { path: stairs(arm.ready), i, shown: shown.has(arm.name) })),
  ];
  return html`${chartFigure(chart, axes, { layers, lanes: lanesOf(page, across) })}<p class="reading">${readingOf(page)}</p>`;
}

const LOAD_MEANING = 'the load, in units that would be just short: whole units above it are the need';

const NEED = { key: 'need', name: 'need', meaning: 'the least capacity that carries the load of the step' } as const;

const OPTIMUM = {
  key: 'optimum',
  name: 'clairvoyant optimum',
  meaning: 'what somebody who knew the whole load would have had in service',
} as const;

const needOf = ({ problem }: BacktestPage): Int32Array => problem.need.subarray(problem.scoreFrom, problem.scoreTo);

const yOf = ({ y }: Axes, value: number | null): number | null => (value === null ? null : y(value));

const armLayer = (
  { name, score }: PageArm,
  { path, i, shown }: { readonly path: string; readonly i: number; readonly shown: boolean },
): Layer => ({
  key: name,
  name: armName(name),
  meaning: `in service under it; ${fixed(score.ratio, 3)} × the optimum’s price`,
  shapes: [{ className: `line ${armClass(i)}`, path }],
  shown,
});

function loadArea(page: BacktestPage, axes: Axes): string {
  const inUnits = Float64Array.from({ length: scoredSteps(page) }, (_, step) => loadInUnits(page, step));
  return bandPath(
    thinned(inUnits).map(({ from, to, value }: Held) => ({
      from: axes.x(msOf(page, from)),
      to: axes.x(msOf(page, to)),
      low: axes.y(0),
      high: yOf(axes, value),
    })),
  );
}

function chartOf(page: BacktestPage, values: readonly Int32Array[], lanes: number): Chart {
  const steps = scoredSteps(page);
  const [fromMs, toMs] = [msOf(page, 0), msOf(page, steps)];
  const most = values
    .flatMap((series) => series.reduce((a, b) => Math.max(a, b), 1))
    .reduce((a, b) => Math.max(a, b), 1);
  return {
    id: 'capacity-chart',
    title: 'Load against capacity',
    description: `Load, need and the capacity in service under each policy from ${dateTime(fromMs)} to ${dateTime(toMs)}, ${number(steps)} steps. The price table has the totals.`,
    unit: 'units',
    height: 380,
    fromMs,
    toMs,
    dense: steps > DENSE_FROM,
    max: most,
    lanes,
  };
}

/** Rows of marks: the steps in which each of the chosen policies had too little. Marks closer than a pixel are one. */
function lanesOf(page: BacktestPage, across: (step: number) => number): readonly Lane[] {
  const { problem } = page;
  return withLanes(page.arms).map(({ name, ready }) => {
    const spans: { from: number; to: number }[] = [];
    for (let i = 0; i < ready.length; i++) {
      const t = problem.scoreFrom + i;
      if (problem.blank[t] === 1 || ready[i]! >= problem.need[t]!) continue;
      const last = spans.at(-1);
      const [from, to] = [across(i), across(i + 1)];
      if (last !== undefined && from - last.to < 1) last.to = to;
      else spans.push({ from, to });
    }
    const own = name === 'prescale';
    return {
      name: own ? 'Prescale' : armName(name).replace('target ', ''),
      meaning: `more was needed than ${armName(name)} had in service`,
      className: own ? 'mark short' : 'mark theirs',
      spans,
    };
  });
}

function readingOf(page: BacktestPage): string {
  const steps = scoredSteps(page);
  const joined = steps > 1800 ? ' Each column shows the least and the greatest of the steps that share it.' : '';
  return `The scored half of the load. Tick a policy to draw what it had in service; the axis is fitted to those that are drawn at first. The rows below mark the steps in which a policy had less than was needed.${joined}`;
}
