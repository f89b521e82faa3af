import { refreshAfterMs } from '../../loop/window.ts';
import { carriedBy } from '../../models/decide/need.ts';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { spreadOf } from '../../models/forecast/error-distribution.ts';
import type { Series } from '../../models/kernel/series.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import type { ScalingRules } from '../../models/simulate/scaling-problem.ts';
import { throughputOf } from '../../models/simulate/scaling-problem.ts';
import { leadIndex } from './lead-quantile.ts';
import { type Expected, expectedNow } from './model-now.ts';
import { locationAt, memoriesOf, originsOf, viewOf } from './past-errors.ts';
import { movedBy, pathPlan } from './path-plan.ts';
import { type Moment, refitted } from './refitted.ts';
import { type DirectFits, INFLATION } from './refitted-band.ts';

/** How far a plan looks ahead beyond the boot that is decided on, as the band does. */
const BOOTS_AHEAD = 9;

/** Past courses of errors kept for each class of level, and how many a class needs. */
const PATHS = 150;
const CLASSES = 3;
const CLASS_SIZE = 50;

/** One course of standardised errors, step by step from its origin on, and the level it was seen at. */
interface Course {
  readonly level: number;
  readonly errors: Float64Array;
}

interface ScenarioModel {
  readonly direct: DirectModel;
  /** Index of the horizon whose location is the level. */
  readonly lead: number;
  /** Classes of courses, ascending in level. */
  readonly classes: readonly (readonly Course[])[];
}

/**
 * The unit-wise plan over scenario paths instead of the odds at each step: the expected course, and about it whole courses
 * of past standardised errors from origins of a like level, so that what depends between horizons stays so.
 * Cost: 0.1–0.5 ms a step.
 */
export const scenarioBand = (name: string, fits: DirectFits): ScalingPolicy =>
  refitted<ScenarioModel>({
    name,
    renewAfterMs: (model) => refreshAfterMs(model?.direct),
    learn: (history, rules) => {
      const direct = fits(history, rules);
      return direct === undefined ? undefined : coursesOf(direct, history, rules);
    },
    decide: (model, moment) => decided(model, moment),
  });

function decided({ direct, lead, classes }: ScenarioModel, { view, rules, recent }: Moment): number {
  const { locations, spreads } = stepwise(direct, expectedNow(direct, recent), endOf(rules));
  const level = locations[direct.horizons[lead]!.steps]!;
  const alike = classes.findLast((courses) => courses[0]!.level <= level) ?? classes[0]!;
  const paths = alike.map(({ errors }) =>
    errors.map((error, h) => Math.max(0, locations[h]! + INFLATION * error * spreads[h]!)),
  );
  const throughput = throughputOf(rules);
  const plan = pathPlan(paths, {
    needNow: view.need,
    lagSteps: view.t - view.known,
    bootSteps: rules.bootSteps,
    shortagePenalty: rules.penalty,
    carriedBy: (units) => Math.sqrt(carriedBy(units, throughput) / direct.unit),
  });
  return movedBy(plan, view.ready + view.pending, view.need);
}

const endOf = ({ lagSteps, bootSteps }: ScalingRules): number => lagSteps + BOOTS_AHEAD * bootSteps;

function coursesOf(direct: DirectModel, history: Series, rules: ScalingRules): ScenarioModel | undefined {
  const { unit, lagDays, horizons } = direct;
  const end = endOf(rules);
  const view = viewOf(history, { unit, lagDays, furthest: end });
  const memories = memoriesOf(view, direct);
  const lead = leadIndex(
    horizons.map(({ steps }) => steps),
    rules.lagSteps + rules.bootSteps,
  );
  const courses = Array.from(originsOf(view, end, PATHS * CLASSES), (t): Course => {
    const at = locationAt(view, direct, t);
    const spread = at.map((location, i) => spreadOf(horizons[i]!, location, memories[t]!));
    const { locations, spreads } = stepwise(direct, { locations: at, spreads: spread }, end);
    const errors = locations.map((location, h) => (h === 0 ? 0 : (view.v[t + h]! - location) / spreads[h]!));
    return { level: at[lead]!, errors };
  }).sort((a, b) => a.level - b.level);
  const count = Math.max(1, Math.min(CLASSES, Math.floor(courses.length / CLASS_SIZE)));
  if (courses.length === 0) return undefined;
  const border = (i: number): number => Math.floor((i * courses.length) / count);
  const classes = Array.from({ length: count }, (_, i) => courses.slice(border(i), border(i + 1)));
  return { direct, lead, classes };
}

/** What is expected at each step 0…end: between horizons along a line, beyond the last one as at it; step 0 as step 1. */
function stepwise({ horizons }: DirectModel, expected: Expected, end: number): Expected {
  const along = (values: Float64Array): Float64Array => {
    const out = new Float64Array(end + 1).fill(values.at(-1)!);
    out[0] = values[0]!;
    let before = 0;
    horizons.forEach(({ steps }, i) => {
      const from = out[before]!;
      for (let h = before + 1; h <= Math.min(steps, end); h++) {
        out[h] = from + ((values[i]! - from) * (h - before)) / (steps - before);
      }
      before = steps;
    });
    return out;
  };
  return { locations: along(expected.locations), spreads: along(expected.spreads) };
}
