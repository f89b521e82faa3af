import { refreshAfterMs } from '../../loop/window.ts';
import { capacityBand, type LoadOdds } from '../../models/decide/capacity-band.ts';
import { carrierOf } from '../../models/decide/need.ts';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import { outlookOf } from '../../models/forecast/outlook.ts';
import type { Series } from '../../models/kernel/series.ts';
import { mayReplace } from '../../models/learn/refit-gate.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { type ScalingRules, throughputOf } from '../../models/simulate/scaling-problem.ts';
import { type Moment, refitted } from './refitted.ts';

/** By how much the controller widens the distribution of its errors. */
export const INFLATION = 1.08;

/** Steps ahead that get a distribution of their own, as the controller takes them: each about half as far again. */
const LADDER = [1, 2, 3, 5, 8, 12, 20, 30, 45, 70, 110, 180] as const;

/** Horizons of a plan: dense at first, six boot times beyond the lag. */
export const planHorizons = ({ lagSteps, bootSteps }: ScalingRules): readonly number[] =>
  LADDER.filter((steps) => steps <= Math.max(1, lagSteps + 6 * bootSteps));

/** Fits the direct regression to a history; undefined where the history does not bear it. */
export type DirectFits = (history: Series, rules: ScalingRules) => DirectModel | undefined;

/**
 * Fits that are remembered by the length of the history: for the rules of one replay, whose histories of one length are
 * the same. One memory must not serve two replays.
 */
export function rememberedFits(): DirectFits {
  const known = new Map<number, DirectModel | undefined>();
  return (history, rules) => {
    const steps = history.values.length;
    if (!known.has(steps)) {
      const fit = fitDirect(history, { horizons: planHorizons(rules), leadSteps: rules.bootSteps });
      known.set(steps, fit.ok ? fit.value : undefined);
    }
    return known.get(steps);
  };
}

export interface BandOptions {
  readonly fits: DirectFits;
  /** Widens every distribution about its location. @default INFLATION */
  readonly inflation?: number;
  /** Greatest age of a fit, in milliseconds. @default the controller's: six hours, one in the first days */
  readonly renewAfterMs?: (model: DirectModel | undefined) => number;
  /** Changes a fit before it is used. */
  readonly reshape?: (fresh: DirectModel, given: Reshaping) => DirectModel;
  /** Whether a refit has to prove itself on what came since the fit before, as the controller's has. @default false */
  readonly gated?: boolean;
  /** Whether the plan knows what is needed now, and never goes below it. @default true */
  readonly knowsNeed?: boolean;
}

/** What a fit may be changed with. */
export interface Reshaping {
  readonly history: Series;
  /** The model in use until now, as it was changed. */
  readonly standing: DirectModel | undefined;
}

/** The capacity band by direct regressions that are fitted anew every few hours: the controller's plan without its guards. */
export const refittedBand = (name: string, options: BandOptions): ScalingPolicy => {
  const {
    fits,
    inflation = INFLATION,
    renewAfterMs = refreshAfterMs,
    reshape,
    gated = false,
    knowsNeed = true,
  } = options;
  return refitted<Shaped>({
    name,
    renewAfterMs: (standing) => renewAfterMs(standing?.fresh),
    learn: (history, rules, standing) => {
      const fresh = fits(history, rules);
      if (fresh === undefined) return undefined;
      const replay = { ...trialTerms(rules), inflation };
      if (gated && standing !== undefined && !mayReplace({ fresh, standing: standing.used }, history, replay)) {
        return undefined;
      }
      return { fresh, used: reshape?.(fresh, { history, standing: standing?.used }) ?? fresh };
    },
    decide: ({ used }, moment) => {
      const outlook = outlookOf(used, moment.recent, inflation);
      return outlook.ok ? bandMove(outlook.value, moment, knowsNeed ? moment.view.need : 1) : undefined;
    },
  });
};

/** A fit, and what was made of it. */
interface Shaped {
  readonly fresh: DirectModel;
  readonly used: DirectModel;
}

/** The capacity of the band that is nearest to what stands; the present need is that of the view unless given. */
export function bandMove(odds: LoadOdds, { view, rules }: Moment, needNow = view.need): number {
  const { launch, keep } = capacityBand(odds, {
    carriedBy: carrierOf(throughputOf(rules)),
    needNow,
    lagSteps: view.t - view.known,
    bootSteps: rules.bootSteps,
    cadenceSteps: 1,
    shortagePenalty: rules.penalty,
  });
  return Math.min(Math.max(view.ready + view.pending, launch), keep);
}

/** What courses are replayed under where a fit or an arm is tried. */
export const trialTerms = (rules: ScalingRules) => ({
  bootSteps: rules.bootSteps,
  lagSteps: rules.lagSteps,
  throughput: throughputOf(rules),
  shortagePenalty: rules.penalty,
});
