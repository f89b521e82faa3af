import { armName, isTargetTracking } from './arm-names.ts';
import { type Axes, axesOf, type Chart, chartFigure, type Layer } from './chart-frame.ts';
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
    max: values.reduce((a, b) => Math.max(a, b), 1),
  };
}

function isShort({ need, ready }: ReportStep): boolean {
  const [wanted, there] = [known(need), known(ready)];
  return wanted !== null && there !== null && wanted > there;
}

function drawer({ steps, stepSeconds, bootSeconds }: DayReport, { x, y }: Axes) {
  const stepMs = stepSeconds * 1000;
  const spanOf = ({ ms }: ReportStep, value: number | null): Span => ({
    from: x(ms),
    to: x(ms + stepMs),
    y: value === null ? null : y(value),
  });
  const base = y(0);
  return {
    stairs: (key: Field, name: string, meaning: string): Layer => ({
      key,
      name,
      meaning,
      shapes: [{ className: `line ${key}`, path: stepPath(steps.map((step) => spanOf(step, known(step[key])))) }],
    }),
    rival: ({ name, capacities = [] }: ReportArm, i: number): Layer => ({
      key: name,
      name: armName(name),
      meaning: 'what would have served under it on the same load',
      shapes: [
        {
          className: `line rival rival-${i % 2}`,
          path: stepPath(steps.map((step, t) => spanOf(step, known(capacities[t])))),
        },
      ],
    }),
    ready: (): Layer => ({
      key: 'ready',
      name: 'in service',
      meaning: `capacity that had booted${bootSeconds === null ? '' : ` (${duration(bootSeconds)} after it was ordered)`}`,
      shapes: [
        {
          className: 'area ready',
          path: bandPath(
            steps.map((step) => {
              const { from, to, y: high } = spanOf(step, known(step.ready));
              return { from, to, low: base, high };
            }),
          ),
        },
      ],
    }),
    shortage: (): Layer => ({
      key: 'shortage',
      name: 'shortage',
      meaning: 'need above what was in service; the marks under the axis show where, however small',
      shapes: [
        {
          className: 'area shortage',
          path: bandPath(
            steps.map((step) => {
              const { from, to, y: high } = spanOf(step, isShort(step) ? known(step.need) : null);
              return { from, to, low: spanOf(step, known(step.ready)).y, high };
            }),
          ),
        },
        {
          className: 'area shortage',
          path: bandPath(
            steps.map((step) => {
              const { from, to } = spanOf(step, null);
              return { from, to, low: base + 7, high: isShort(step) ? base + 2 : null };
            }),
          ),
        },
      ],
    }),
  };
}
