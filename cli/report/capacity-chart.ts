import { type Axes, axesOf, type Chart, chartFigure, DENSE_FROM } from '../chart/chart-frame.ts';
import type { Lane } from '../chart/chart-lanes.ts';
import { dateTime, known, number } from '../page/format.ts';
import { html, type Markup, nothing } from '../page/html.ts';
import { armName, isTargetTracking } from './arm-names.ts';
import { capacityFacts, exceeds, isShort, isUncovered } from './capacity-facts.ts';
import { capacityLayers } from './capacity-layers.ts';
import type { DayReport, ReportArm } from './report-data.ts';

/** Capacity against need: the floor as an area under the need, what served, what target tracking would have had, and the shortages. */
export function capacityChart(data: DayReport): Markup {
  const values = data.steps.flatMap((step) =>
    [step.need, step.floor, step.desired, step.ready].flatMap((n) => known(n) ?? []),
  );
  if (values.length === 0) {
    return html`<p class="left-out">No capacity is known for this period: there is nothing to draw.</p>`;
  }
  const rivals = data.arms.filter(({ name, capacities }) => isTargetTracking(name) && capacities !== undefined);
  const chart = chartOf(data, values, rivals.length);
  const axes = axesOf(chart);
  const lanes = lanesOf(data, rivals, axes);
  const missing = rivals.length > 0 ? nothing : html`<p class="left-out">${NO_RIVALS}</p>`;
  return html`${chartFigure(chart, axes, { layers: capacityLayers(data, rivals, axes), lanes })}${reading(data)}${missing}`;
}

const NO_RIVALS =
  'Target tracking’s capacity is not drawn: this report holds no simulation of it. Each decision says what it would have wanted at that moment.';

const OWN_LANES = 2;

function chartOf(data: DayReport, values: readonly number[], rivals: number): Chart {
  const { period, policy, steps } = data;
  const { uncovered, short } = capacityFacts(data);
  return {
    id: 'capacity-chart',
    title: 'Capacity against need',
    description: `Need, floor, desired capacity and capacity in service from ${dateTime(period.fromMs)} to ${dateTime(period.toMs)}. In ${number(uncovered)} of ${number(steps.length)} steps the floor was below the need, in ${number(short)} the capacity in service was. The table of decisions has every number.`,
    unit: policy.unit,
    height: 340,
    ...period,
    dense: steps.length > DENSE_FROM,
    max: values.reduce((a, b) => Math.max(a, b), 1),
    lanes: OWN_LANES + rivals,
  };
}

/** Rows of marks: where the floor was below the need, and where each policy served too little. */
function lanesOf({ steps, stepSeconds }: DayReport, rivals: readonly ReportArm[], { x }: Axes): readonly Lane[] {
  const spans = (met: (step: DayReport['steps'][number], t: number) => boolean): Lane['spans'] =>
    steps.flatMap((step, t) => (met(step, t) ? [{ from: x(step.ms), to: x(step.ms + stepSeconds * 1000) }] : []));
  return [
    {
      name: 'floor < need',
      meaning: 'the floor stood below the need; the group’s own scaling may have had more',
      className: 'mark uncovered',
      spans: spans(isUncovered),
    },
    {
      name: 'shortage',
      meaning: 'more was needed than was in service',
      className: 'mark short',
      spans: spans(isShort),
    },
    ...rivals.map(({ name, capacities = [] }) => ({
      name: armName(name).replace('target ', ''),
      meaning: `more would have been needed than ${armName(name)} would have had in service`,
      className: 'mark theirs',
      spans: spans(({ need }, t) => exceeds(need, capacities[t])),
    })),
  ];
}

function reading(data: DayReport): Markup {
  const { compared, uncovered, short } = capacityFacts(data);
  return html`<p class="reading">The green area is the floor that Prescale held; where the line of the need leaves it, the floor was too low (hatched, ${number(uncovered)} of ${number(compared)} steps). There the group’s own scaling may still have had enough: a shortage (red, ${number(short)} steps) is need above what was in service. The rows under the chart mark each such step, and the steps in which target tracking alone would have been short.</p>`;
}
