import type { DirectModel } from '../forecast/direct-model.ts';
import type { Series } from '../kernel/series.ts';
import { runPolicy } from '../simulate/run.ts';
import { type BandPolicyTerms, bandPolicy } from './band-policy.ts';
import { replayFrom, type TrialTerms } from './trial-replay.ts';

/** A refit that has seen the load, and still costs this much more on it than one that had not, is not believed. */
const WORSE = 1.05;

/** A model older than this gives way to any refit: its tail does not reach much further. */
const OLDEST_MS = 86_400_000;

/** Less than this many steps since the fit tell nothing. */
const LEAST_STEPS = 12;

export interface Refit {
  readonly fresh: DirectModel;
  readonly standing: DirectModel;
  /** What the standing band cost from step `from` on, where it was replayed before. */
  readonly priced?: { readonly from: number; readonly price: number } | undefined;
}

/**
 * Whether a refit may take the place of what stands. Both are replayed as a band over what came since the standing one was
 * fitted. The refit has learned from that very load, so it should do better there; where it is dearer, what it learned from
 * is not what it is asked about, and the older one stays. A model that looks at other days, or is a day old, is replaced
 * without question. Cost: two band replays of the steps since the fit, one where
 * the other is known.
 */
export function mayReplace({ fresh, standing, priced }: Refit, history: Series, terms: TrialTerms): boolean {
  const sameDays = fresh.lagDays.join() === standing.lagDays.join();
  if (!sameDays || fresh.fittedAtMs - standing.fittedAtMs >= OLDEST_MS) return true;
  const steps = history.values.length;
  const fittedAt = Math.round((standing.fittedAtMs - history.startMs) / history.stepMs);
  if (steps - fittedAt < LEAST_STEPS || fittedAt < 2 * terms.lagSteps + 1) return true;
  const replay = replayFrom(history, terms, { from: fittedAt, to: steps });
  const { inflation, throughput } = terms;
  const band: BandPolicyTerms = { fittedAt, inflation, ...throughput };
  const price = (model: DirectModel): number => runPolicy(replay, bandPolicy(model, band)).J;
  const standingPrice = priced?.from === fittedAt ? priced.price : price(standing);
  return price(asOfThen(fresh, standing)) <= WORSE * standingPrice;
}

/** What the refit has learned, looking out from where the standing model was fitted. */
function asOfThen(fresh: DirectModel, standing: DirectModel): DirectModel {
  const scale = Math.sqrt(standing.unit / fresh.unit);
  const rescaled = (values: readonly number[]): readonly number[] => values.map((value) => value * scale);
  const { fittedAtMs, averagesFrom } = standing;
  return {
    ...fresh,
    fittedAtMs,
    averagesFrom,
    tail: rescaled(standing.tail),
    averages: rescaled(standing.averages),
  };
}
