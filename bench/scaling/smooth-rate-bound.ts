import type { LoadOdds } from '../../models/decide/capacity-band.ts';
import type { HorizonModel } from '../../models/forecast/direct-model.ts';
import { classOf, fitErrors, spreadOf } from '../../models/forecast/error-distribution.ts';
import { type ErrorMemory, noErrors, remembered } from '../../models/forecast/error-memory.ts';
import { mean, shareAbove } from '../../models/kernel/statistics.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import type { Replay } from '../../models/simulate/scaling-problem.ts';
import { refitted } from './refitted.ts';
import { bandMove, planHorizons } from './refitted-band.ts';
import { smoothRate } from './smooth-rate.ts';

const RENEWED_MS = 6 * 3_600_000;
const BOOTS_AHEAD = 9;

/** The whole load as one who knows its smooth rate sees it, on the scale √(load / mean of the past). */
interface KnownRate {
  readonly unit: number;
  /** Root of the rate at each step. */
  readonly root: Float64Array;
  readonly error: Float64Array;
  /** What was known of errors once each step was. */
  readonly memories: readonly ErrorMemory[];
}

/**
 * A bound, not a policy: the band where the load's mean over a quarter of an hour about each step (three steps at least)
 * is known in advance, and only the noise about it is not; the distribution of that noise is learned from the past. Half
 * of each window lies behind its step, so the rate holds a share of the very noise, and the bound is optimistic.
 */
export function smoothRateBound(name: string, problem: Replay): ScalingPolicy {
  const known = rateOf(problem);
  return refitted<readonly HorizonModel[]>({
    name,
    renewAfterMs: (model) => (model === undefined ? 0 : RENEWED_MS),
    learn: (history, rules) => planHorizons(rules).map((steps) => errorsAt(known, steps, history.values.length)),
    decide: (models, moment) => bandMove(oddsOf(known, models, moment.view.known, moment.rules), moment),
  });
}

function rateOf({ load, scoreFrom, stepSeconds }: Replay): KnownRate {
  const unit = mean(load.subarray(0, scoreFrom));
  const root = smoothRate(load, stepSeconds).map((rate) => Math.sqrt(rate / unit));
  const error = load.map((value, t) => Math.sqrt(value / unit) - root[t]!);
  let memory = noErrors;
  const memories = Array.from(error, (e) => {
    memory = remembered(memory, Math.abs(e));
    return memory;
  });
  return { unit, root, error, memories };
}

/** The noise so many steps ahead of an origin, learned from the first `known` steps. */
function errorsAt({ root, error, memories }: KnownRate, steps: number, known: number): HorizonModel {
  return fitErrors(steps, new Float64Array(), {
    location: root.slice(steps, known),
    error: error.slice(steps, known),
    memories: memories.slice(0, known - steps),
  });
}

function oddsOf(
  { unit, root, memories }: KnownRate,
  models: readonly HorizonModel[],
  now: number,
  { lagSteps, bootSteps }: { readonly lagSteps: number; readonly bootSteps: number },
): LoadOdds {
  const horizons = Array.from({ length: lagSteps + BOOTS_AHEAD * bootSteps }, (_, i) => i + 1);
  const beliefs = horizons.map((steps) => {
    const location = root[Math.min(root.length - 1, now + steps)]!;
    const model = models.findLast((one) => one.steps <= steps) ?? models[0]!;
    const errors = model.errors[classOf(model.edges, location)]!;
    return { location, spread: spreadOf(model, location, memories[now]!), errors };
  });
  return {
    horizons,
    exceedance: (i, load) => {
      const { location, spread, errors } = beliefs[i]!;
      return shareAbove(errors, (Math.sqrt(load / unit) - location) / spread);
    },
  };
}
