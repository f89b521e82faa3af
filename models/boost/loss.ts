import type { BoostLoss, BoostTask } from './boost-task.ts';
import type { Growth } from './growth.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/** The rows of one leaf, `growth.order[from…to)`. */
export interface Leaf {
  readonly target: Float64Array;
  readonly forecast: Float64Array;
  readonly growth: Growth;
  readonly from: number;
  readonly to: number;
  readonly l2: number;
}

/** What is minimised, as boosting needs it. A residual is the target less the forecast. */
export interface Loss {
  /** Of one residual. */
  of(residual: number): number;
  /** The constant of least loss over the rows that are learned from. */
  base(task: BoostTask): number;
  /** Writes, for the first `count` rows of `growth.order`, the weighted downhill gradients and the weights. */
  gradients(task: BoostTask, forecast: Float64Array, growth: Growth, count: number): void;
  /** What must be added to the forecasts of a leaf for least loss there. */
  leaf(leaf: Leaf): number;
}

/** The loss that the options name; `rows` is the most that a leaf may hold. */
export const lossOf = (loss: BoostLoss, rows: number): Loss =>
  loss === 'squared' ? squared : pinball(loss.quantile, rows);

const squared: Loss = {
  of: (residual) => residual * residual,
  base: ({ target, weights, trainRows }) => {
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < trainRows; i++) {
      sum += weights[i]! * target[i]!;
      weight += weights[i]!;
    }
    return sum / weight + 0;
  },
  gradients: ({ target, weights }, forecast, { order, gradient, weight }, count) => {
    for (let i = 0; i < count; i++) {
      const row = order[i]!;
      weight[i] = weights[row]!;
      gradient[i] = weights[row]! * (target[row]! - forecast[row]!);
    }
  },
  leaf: ({ growth: { gradient, weight }, from, to, l2 }) => {
    let sum = 0;
    let weights = l2;
    for (let i = from; i < to; i++) {
      sum += gradient[i]!;
      weights += weight[i]!;
    }
    return weights === 0 ? 0 : sum / weights;
  },
};

/** Koenker & Bassett (1978): p · residual above the forecast, (p − 1) · residual below it. */
function pinball(p: number, rows: number): Loss {
  const values = new Float64Array(rows);
  const weights = new Float64Array(rows);
  return {
    of: (residual) => (residual > 0 ? p : p - 1) * residual,
    base: (task) => {
      values.set(task.target.subarray(0, rows));
      weights.set(task.weights.subarray(0, rows));
      return weightedQuantile({ values, weights, count: rows }, p) + 0;
    },
    gradients: (task, forecast, { order, gradient, weight }, count) => {
      for (let i = 0; i < count; i++) {
        const row = order[i]!;
        const residual = task.target[row]! - forecast[row]!;
        weight[i] = task.weights[row]!;
        gradient[i] = task.weights[row]! * (residual > 0 ? p : residual < 0 ? p - 1 : 0);
      }
    },
    leaf: ({ target, forecast, growth: { order, weight }, from, to }) => {
      for (let i = from; i < to; i++) {
        const row = order[i]!;
        values[i - from] = target[row]! - forecast[row]!;
        weights[i - from] = weight[i]!;
      }
      return weightedQuantile({ values, weights, count: to - from }, p);
    },
  };
}
