import { nearestSteps } from '../../../models/simulate/steps.ts';
import { worstWindow } from '../../../models/simulate/worst-window.ts';
import { type Axes, axesOf, type Chart, chartFigure, DENSE_FROM } from '../../chart/chart-frame.ts';
import type { Lane } from '../../chart/chart-lanes.ts';
import type { Layer } from '../../chart/layers.ts';
import { bandPath, stepPath } from '../../chart/svg-path.ts';
import { isThinned, thinned } from '../../chart/thinned.ts';
import { fixed, number } from '../../page/format.ts';
import { html, type Markup } from '../../page/html.ts';
import { armName } from '../arm-names.ts';
import { armClass, shownFirst, withLanes } from './chosen-arms.ts';
import { type BacktestPage, loadInUnits, msOf, type PageArm, scoredSteps, wordsOf } from './page-data.ts';

/** The part of the scored steps that one chart draws. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
}

/** More days than this hide what happens inside one. */
const DAYS_IN_FULL = 2;

/** Load against what each policy had in service; readers choose the policies. A long load's busiest day is drawn as well. */
export function capacityFigures(page: BacktestPage): Markup {
  const steps = scoredSteps(page);
  const whole = capacityFigure(page, { id: 'capacity-chart', title: 'The whole scored half', from: 0, to: steps });
  const day = nearestSteps(DAY_SECONDS, page.problem.stepSeconds);
  const reading = html`<p class="reading">${readingOf(page)}</p>`;
  if (steps <= DAYS_IN_FULL * day) return html`${whole}${reading}`;
  const loads = page.problem.load.subarray(page.problem.scoreFrom, page.problem.scoreTo);
  const { from } = worstWindow(loads, new Float64Array(steps), day);
  const busiest = { id: 'day-chart', title: 'The 24 hours with the most load', from, to: from + day };
  return html`${whole}${reading}${capacityFigure(page, busiest)}`;
}

const DAY_SECONDS = 86_400;

function capacityFigure(page: BacktestPage, part: Part): Markup {
  const shown = shownFirst(page.arms);
  const { scoreFrom, need } = page.problem;
  const needed = need.subarray(scoreFrom + part.from, scoreFrom + part.to);
  const cut = ({ ready }: PageArm): Int32Array => ready.subarray(part.from, part.to);
  const drawn = page.arms.filter(({ name }) => shown.has(name));
  const chart = chartOf(page, part, [needed, ...drawn.map(cut)]);
  const axes = axesOf(chart);
  const across = (step: number): number => axes.x(msOf(page, part.from + step));
  const stairs = (values: ArrayLike<number>): string =>
    stepPath(
      thinned(values).map(({ from, to, value }) => ({ from: across(from), to: across(to), y: yOf(axes, value) })),
    );
  const best = page.best.capacity.subarray(part.from, part.to);
  const layers: readonly Layer[] = [
    {
      key: 'load',
      name: 'load',
      meaning: page.problem.delay === undefined ? LOAD_MEANING : BUSY_MEANING,
      shapes: [{ className: 'area load', path: loadArea(page, part, axes) }],
    },
    // Where several steps share a column, the line of the need would cover everything.
    { ...NEED, shapes: [{ className: 'line need', path: stairs(needed) }], shown: !isThinned(needed.length) },
    { ...OPTIMUM, shapes: [{ className: 'line best', path: stairs(best) }], shown: false },
    ...page.arms.map((arm, i) => armLayer(arm, { path: stairs(cut(arm)), i, shown: shown.has(arm.name) })),
  ];
  return chartFigure(chart, axes, { layers, lanes: lanesOf(page, part, across) });
}

const LOAD_MEANING = 'the load, in units that would be just short: whole units above it are the need';

const BUSY_MEANING =
  'the load, in units that it would keep busy throughout: the need is more, so that requests do not wait';

const NEED = { key: 'need', name: 'need', meaning: 'the least capacity that carries the load of the step' } as const;

const OPTIMUM = {
  key: 'optimum',
  name: 'clairvoyant optimum',
  meaning: 'what somebody who knew the whole load would have had in service',
} as const;

const yOf = ({ y }: Axes, value: number | null): number | null => (value === null ? null : y(value));

const armLayer = (
  { name, score }: PageArm,
  { path, i, shown }: { readonly path: string; readonly i: number; readonly shown: boolean },
): Layer => ({
  key: name,
  name: armName(name),
  meaning: `in service under it; ${fixed(score.ratio, 3)} × the optimum’s price`,
  shapes: [{ className: `line ${armClass(name, i)}`, path }],
  shown,
});

function loadArea(page: BacktestPage, { from: first, to: end }: Part, axes: Axes): string {
  const inUnits = Float64Array.from({ length: end - first }, (_, step) => loadInUnits(page, first + step));
  return bandPath(
    thinned(inUnits).map(({ from, to, value }) => ({
      from: axes.x(msOf(page, first + from)),
      to: axes.x(msOf(page, first + to)),
      low: axes.y(0),
      high: yOf(axes, value),
    })),
  );
}

function chartOf(page: BacktestPage, { id, title, from, to }: Part, values: readonly Int32Array[]): Chart {
  const [fromMs, toMs] = [msOf(page, from), msOf(page, to)];
  const words = wordsOf(page);
  const most = values.map((series) => series.reduce((a, b) => Math.max(a, b), 1)).reduce((a, b) => Math.max(a, b), 1);
  return {
    id,
    title,
    description: `Load, need and the capacity in service under each policy from ${words.moment(fromMs)} to ${words.moment(toMs)}, ${number(to - from)} steps. The price table has the totals.`,
    unit: 'units',
    height: 400,
    fromMs,
    toMs,
    words,
    dense: to - from > DENSE_FROM,
    max: most,
    lanes: withLanes(page.arms).length,
  };
}

/** Rows of marks: the steps in which each of the chosen policies had too little. Marks closer than a pixel are one. */
function lanesOf(page: BacktestPage, part: Part, across: (step: number) => number): readonly Lane[] {
  const { problem } = page;
  return withLanes(page.arms).map(({ name, ready }) => {
    const spans: { from: number; to: number }[] = [];
    for (let i = 0; i < part.to - part.from; i++) {
      const t = problem.scoreFrom + part.from + i;
      if (problem.blank[t] === 1 || ready[part.from + i]! >= problem.need[t]!) continue;
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
  const joined = isThinned(steps)
    ? ' Each column shows the least and the greatest of the steps that share it; the need is left out at first, because its line would cover the rest.'
    : '';
  return `Tick a policy to draw what it had in service; the axis is fitted to those that are drawn at first. The rows below mark the steps in which a policy had less than was needed.${joined}`;
}
