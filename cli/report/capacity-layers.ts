import type { Axes } from '../chart/chart-frame.ts';
import type { Layer } from '../chart/layers.ts';
import { bandPath, type Span, stepPath } from '../chart/svg-path.ts';
import { duration, known } from '../page/format.ts';
import { armName } from './arm-names.ts';
import { isShort, isUncovered } from './capacity-facts.ts';
import type { DayReport, ReportArm, ReportStep } from './report-data.ts';

type Field = 'need' | 'floor' | 'desired' | 'ready';

type Words = Omit<Layer, 'shapes'>;

/** What the chart of capacity draws, from the back to the front. Rivals are there to be switched on. */
export function capacityLayers(data: DayReport, rivals: readonly ReportArm[], axes: Axes): readonly Layer[] {
  const { bootSeconds } = data;
  const draw = drawer(data, axes);
  const booted = bootSeconds === null ? '' : ` (${duration(bootSeconds)} after it was ordered)`;
  return [
    layer(FLOOR, ['area floor', draw.area(0, 'floor')], ['line floor', draw.stairs((step) => step.floor)]),
    ...rivals.map(({ name, capacities = [] }, i) =>
      layer({ key: name, name: armName(name), meaning: RIVAL_MEANING, shown: false }, [
        `line rival-${i % 2}`,
        draw.stairs((_, t) => capacities[t]),
      ]),
    ),
    layer(DESIRED, ['line desired', draw.stairs((step) => step.desired)]),
    layer({ key: 'ready', name: 'in service', meaning: `capacity that had booted${booted}` }, [
      'line ready',
      draw.stairs((step) => step.ready),
    ]),
    layer(UNCOVERED, ['area uncovered', draw.area('floor', 'need', isUncovered)]),
    layer(SHORTAGE, ['area short', draw.area('ready', 'need', isShort)]),
    layer(NEED, ['line need', draw.stairs((step) => step.need)]),
  ];
}

/** The axis is not stretched for what is switched off at first. */
const RIVAL_MEANING = 'what would have served under it on the same load, as far as the picture reaches';

const FLOOR: Words = {
  key: 'floor',
  name: 'floor',
  meaning: 'MinSize as Prescale set it; the group’s own scaling stays in charge above it',
};

const NEED: Words = { key: 'need', name: 'need', meaning: 'the least capacity that carries the load of the step' };

const DESIRED: Words = {
  key: 'desired',
  name: 'desired',
  meaning: 'DesiredCapacity: what the group was told to have, by whomever',
};

const UNCOVERED: Words = {
  key: 'uncovered',
  name: 'floor below need',
  meaning: 'the part of the need above the floor',
};

const SHORTAGE: Words = {
  key: 'shortage',
  name: 'shortage',
  meaning: 'the part of the need above what was in service',
};

/** Paths over the steps of one chart. */
interface Drawer {
  readonly stairs: (value: (step: ReportStep, t: number) => number | null | undefined) => string;
  /** The area between two capacities, or from 0 to one, in the steps that meet a condition. */
  readonly area: (low: Field | 0, high: Field, met?: (step: ReportStep) => boolean) => string;
}

function drawer({ steps, stepSeconds }: DayReport, { x, y }: Axes): Drawer {
  const heightOf = (value: number | null | undefined): number | null => {
    const height = known(value);
    return height === null ? null : y(height);
  };
  const across = ({ ms }: ReportStep): Omit<Span, 'y'> => ({ from: x(ms), to: x(ms + stepSeconds * 1000) });
  return {
    stairs: (value) => stepPath(steps.map((step, t) => ({ ...across(step), y: heightOf(value(step, t)) }))),
    area: (low, high, met = () => true) =>
      bandPath(
        steps.map((step) => ({
          ...across(step),
          low: low === 0 ? y(0) : heightOf(step[low]),
          high: met(step) ? heightOf(step[high]) : null,
        })),
      ),
  };
}

const layer = (words: Words, ...shapes: readonly (readonly [className: string, path: string])[]): Layer => ({
  ...words,
  shapes: shapes.map(([className, path]) => ({ className, path })),
});
