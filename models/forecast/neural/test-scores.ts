import { type Series, slice } from '../../kernel/series.ts';
import { pinball } from '../conformal.ts';
import { viewOf } from './load-view.ts';
import { networkForecaster } from './network-forecaster.ts';
import type { NetworkModel } from './network-model.ts';

/** How a trained network did on loads that it has not seen; losses and errors in the load's unit, means over the leads. */
export interface TestScores {
  /** Origins that were scored. */
  readonly origins: number;
  /** Mean pinball loss over levels and leads, of the network and of its base alone (the same load at every level). */
  readonly pinball: number;
  readonly basePinball: number;
  /** Mean absolute error of the network's median, and of its base. */
  readonly error: number;
  readonly baseError: number;
  /** For each level the share of loads at or under it. */
  readonly coverage: readonly number[];
}

/** Scores a model at the origins as it would be served, each time from the history up to the origin. O(origins · base). */
export function testScores(history: Series, model: NetworkModel, origins: Int32Array): TestScores {
  const { leads, levels } = model;
  const forecaster = networkForecaster(model);
  const view = viewOf(history, model.base, 0);
  const sums = { pinball: 0, basePinball: 0, error: 0, baseError: 0 };
  const covered = levels.map(() => 0);
  let count = 0;
  for (const t of origins) {
    const answer = forecaster.quantiles(slice(history, 0, t + 1));
    if (!answer.ok) continue;
    for (const [k, lead] of leads.entries()) {
      const actual = history.values[t + lead]!;
      const base = view.base[t + lead - view.from]!;
      const at = answer.value.quantiles[k]!;
      levels.forEach((level, i) => {
        sums.pinball += pinball(actual, at[i]!, level) / levels.length;
        sums.basePinball += pinball(actual, base, level) / levels.length;
        covered[i] = covered[i]! + Number(actual <= at[i]!);
      });
      sums.error += Math.abs(actual - at[levels.indexOf(0.5)]!);
      sums.baseError += Math.abs(actual - base);
      count++;
    }
  }
  const mean = (sum: number): number => sum / count;
  return {
    origins: count / leads.length,
    pinball: mean(sums.pinball),
    basePinball: mean(sums.basePinball),
    error: mean(sums.error),
    baseError: mean(sums.baseError),
    coverage: covered.map(mean),
  };
}
