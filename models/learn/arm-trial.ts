import type { DirectModel } from '../forecast/direct-model.ts';
import { type EpochMs, endOf, type Series } from '../kernel/series.ts';
import { reactive, tune } from '../simulate/policies/tuned-reactive.ts';
import { runPolicy } from '../simulate/run.ts';
import { replayOf } from '../simulate/scaling-problem.ts';
import { bandPolicy } from './band-policy.ts';
import { replayFrom, type TrialTerms } from './trial-replay.ts';

/** What the two arms of a workload have cost lately, and how much each has to say. */
export interface ArmTrial {
  /** Share of the band in what is wanted, in (0, 1); the rest is the reactive arm's. */
  readonly bandShare: number;
  /** The reactive arm: the most that was needed in the last `steps`, times `margin`. */
  readonly margin: number;
  readonly steps: number;
  /** When margin and steps were tuned; absent: tune anew. */
  readonly tunedAtMs?: EpochMs | undefined;
  /** End of the load that the prices are about; absent: that of the history that the model was fitted to. */
  readonly judgedUntilMs?: EpochMs | undefined;
  /** Prices on what each arm had not seen, older ones fading. */
  readonly bandPrice: number;
  readonly reactivePrice: number;
}

/** A trial, and beside it what the standing band cost on the steps from `from` on, where it was replayed there. */
export interface TriedArms {
  readonly trial: ArmTrial;
  readonly band?: { readonly from: number; readonly price: number };
}

/** Prices fade by half in this time. */
const HALF_LIFE_MS = 2 * 86_400_000;

/** A per cent of the price shifts the odds between the arms by about two fifths. */
const SHARPNESS = 40;

/** What an arm that has not been tried yet loses against the band, in the exponent: the band has the benefit of the doubt. */
const HEADSTART = 0.3;

/** A setting of the reactive arm serves so long before it is tuned anew. */
const TUNED_FOR_MS = 86_400_000;

/** Less than this many steps since the fit tell nothing. */
const LEAST_STEPS = 12;

/**
 * Replays what came since a model was fitted through the band that it stands for and through the tuned reactive rule, and
 * shares out what is wanted between them by exponential weights of their prices. Neither has seen the load it is judged
 * by. The price of a course of capacity is convex in it, so the shared course costs no more than the shares' mean, and no
 * change of arm is paid for.
 * Cost: 0.05 ms a step since the fit, and once a day 45 reactive replays of half the history.
 * Source: exponentially weighted average forecaster, Cesa-Bianchi & Lugosi, Prediction, Learning, and Games (2006) §2.1.
 */
export function tryArms(
  history: Series,
  standing: { readonly direct: DirectModel; readonly trial?: ArmTrial | undefined },
  terms: TrialTerms,
): TriedArms {
  const whole = replayFrom(history, terms);
  const steps = history.values.length;
  const fittedAt = stepAt(history, standing.direct.fittedAtMs) ?? 0;
  const setting = settingOf(standing.trial, endOf(history)) ?? {
    ...tune(replayOf(whole, Math.max(1, fittedAt), Math.max(1, Math.min(fittedAt, steps)))),
    tunedAtMs: endOf(history),
  };
  const before = standing.trial ?? { bandShare: 1, bandPrice: 0, reactivePrice: 0 };
  const judgedFrom = Math.max(fittedAt, stepAt(history, standing.trial?.judgedUntilMs) ?? fittedAt);
  if (steps - judgedFrom < LEAST_STEPS || fittedAt < 2 * terms.lagSteps + 1)
    return { trial: { ...before, ...setting } };
  const trial = replayOf(whole, judgedFrom, steps);
  const band = bandPolicy(standing.direct, { fittedAt, inflation: terms.inflation, ...terms.throughput });
  const kept = 0.5 ** (((steps - judgedFrom) * history.stepMs) / HALF_LIFE_MS);
  const price = runPolicy(trial, band).J;
  const bandPrice = kept * before.bandPrice + price;
  const reactivePrice = kept * before.reactivePrice + runPolicy(trial, reactive(setting)).J;
  const bandShare = shareOf(bandPrice / reactivePrice);
  return {
    trial: { bandShare, ...setting, judgedUntilMs: endOf(history), bandPrice, reactivePrice },
    band: { from: judgedFrom, price },
  };
}

/** Index of the step that begins then. */
const stepAt = ({ startMs, stepMs }: Series, ms: EpochMs | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round((ms - startMs) / stepMs);

/** The setting that stands, while it is young enough. */
function settingOf(trial: ArmTrial | undefined, nowMs: EpochMs) {
  if (trial?.tunedAtMs === undefined || nowMs - trial.tunedAtMs >= TUNED_FOR_MS) return undefined;
  return { margin: trial.margin, steps: trial.steps, tunedAtMs: trial.tunedAtMs };
}

/** Share of the band by its price in units of the reactive arm's. */
const shareOf = (ratio: number): number => 1 / (1 + Math.exp(-HEADSTART) * ratio ** SHARPNESS);
