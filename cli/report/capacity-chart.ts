import { armName, isTargetTracking } from './arm-names.ts';
import { type Axes, axesOf, type Chart, chartFigure, DENSE_FROM, type Layer } from './chart-frame.ts';
import { dateTime, duration, known, number } from './format.ts';
import { html, type Markup, nothing } from './html.ts';
import type { DayReport, ReportArm, ReportStep } from './report-data.ts';
import { bandPath, type Span, stepPath } from './svg-path.ts';

type Field = 'need' | 'floor' | 'desired' | 'ready';

/** Capacity against need: the need, what Prescale set, what served, what target tracking would have had, and the shortage. */
export function capacityChart(data: DayReport): Markup {
  const values = data.steps.flatMap((step) => FIELDS.flatMap((field) => known(step[field]) ?? []));
  if (values.length === 0) {
    return html`<p class="left-out">No capacity is known for this period: there is nothing to draw.</p>`;
  }
  const rivals = data.arms.filter(({ name, capacities }) => isTargetTracking(name) && capacities !== undefined);
  const all = [...values, ...rivals.flatMap(({ capacities = [] }) => capacities.flatMap((n) => known(n) ?? []))];
  const chart = chartOf(data, all);
  const axes = axesOf(chart);
  const draw = drawer(data, axes);
  const layers = [
    draw.ready(),
    ...rivals.map((arm, i) => draw.rival(arm, i)),
    draw.shortage(),
    draw.stairs('desired', 'desired', 'DesiredCapacity: what the group was told to have, by whomever'),
    draw.stairs('floor', 'floor', 'MinSize as Prescale set it; the group’s own scaling stays in charge above it'),
    draw.stairs('need', 'need', 'the least capacity that carries the load of the step'),
  ];
  const missing = rivals.length > 0 ? nothing : html`<p class="left-out">${NO_RIVALS}</p>`;
  return html`${chartFigure(chart, axes, layers)}${missing}`;
}

const FIELDS: readonly Field[] = ['need', 'floor', 'desired', 'ready'];

const NO_RIVALS =
  'Target tracking’s capacity is not drawn: this report holds no simulation of it. Each decision says what it would have wanted at that moment.';

function chartOf({ period, policy, steps }: DayReport, values: readonly number[]): Chart {
  const short = steps.filter(isShort).length;
  return {
    id: 'capacity-chart',
    title: 'Capacity against need',
    description: `Need, floor, desired capacity and capacity in service from ${dateTime(period.fromMs)} to ${dateTime(period.toMs)}. In ${number(short)} of ${number(steps.length)} steps the need was above the capacity in service. The table of decisions has every number.`,
    unit: policy.unit,
    height: 300,
    ...period,
    dense: steps.length > DENSE_FROM,
    max: values.reduce((a, b) => Math.max(a, b), 1),
  };
}

function isShort({ need, ready }: ReportStep): boolean {
  const [wanted, there] = [known(need), known(ready)];
  return wanted !== null && there !== null && wanted > there;
}

/** How layers are drawn over the steps of one chart. */
interface Drawer {
  readonly stairs: (key: Field, name: string, meaning: string) => Layer;
  readonly rival: (arm: ReportArm, index: number) => Layer;
  readonly ready: () => Layer;
  readonly shortage: () => Layer;
}

function drawer({ steps, stepSeconds, bootSeconds }: DayReport, { x, y }: Axes): Drawer {
  const stepMs = stepSeconds * 1000;
  const base = y(0);
  const spanOf = ({ ms }: ReportStep, value: number | null): Span => ({
    from: x(ms),
    to: x(ms + stepMs),
    y: value === null ? null : y(value),
  });
  const stairsOf = (value: (step: ReportStep, t: number) => number | null): string =>
    stepPath(steps.map((step, t) => spanOf(step, value(step, t))));
  const areaOf = (edges: (step: ReportStep) => { low: number | null; high: number | null }): string =>
    bandPath(steps.map((step) => ({ from: x(step.ms), to: x(step.ms + stepMs), ...edges(step) })));
  const heightOf = (step: ReportStep, field: Field): number | null => spanOf(step, known(step[field])).y;
  const booted = bootSeconds === null ? '' : ` (${duration(bootSeconds)} after it was ordered)`;

  return {
    stairs: (key, name, meaning) =>
      layer({ key, name, meaning }, [`line ${key}`, stairsOf((step) => known(step[key]))]),
    rival: ({ name, capacities = [] }, index) =>
      layer({ key: name, name: armName(name), meaning: 'what would have served under it on the same load' }, [
        `line rival rival-${index % 2}`,
        stairsOf((_, t) => known(capacities[t])),
      ]),
    ready: () =>
      layer({ key: 'ready', name: 'in service', meaning: `capacity that had booted${booted}` }, [
        'area ready',
        areaOf((step) => ({ low: base, high: heightOf(step, 'ready') })),
      ]),
    shortage: () =>
      layer(
        SHORTAGE,
        [
          'area shortage',
          areaOf((step) => ({ low: heightOf(step, 'ready'), high: isShort(step) ? heightOf(step, 'need') : null })),
        ],
        ['area shortage', areaOf((step) => ({ low: base + 7, high: isShort(step) ? base + 2 : null }))],
      ),
  };
}

const SHORTAGE = {
  key: 'shortage',
  name: 'shortage',
  meaning: 'need above what was in service; the marks under the axis show where, however small',
} as const;

const layer = (
  words: Omit<Layer, 'shapes'>,
  ...shapes: readonly (readonly [className: string, path: string])[]
): Layer => ({ ...words, shapes: shapes.map(([className, path]) => ({ className, path })) });
