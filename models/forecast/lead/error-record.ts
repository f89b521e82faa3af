import { median } from '../../kernel/statistics.ts';

/** Days after which an error counts for a third of what a new one does. */
const MEMORY_DAYS = 7;

/** A surprise is told by the errors of the last quarter of a day. */
const SURPRISE_DAYS = 1 / 4;

/** One step in which every model was far off raises what is usual by no more than this many times what was usual. */
const MOST_USUALS = 3;

/** What a step may say, in usual errors, where models are judged by errors an hour old and by errors a day old. */
const BLUNT = { fresh: 2, stale: 0.5 } as const;

/** What is known of how far models are off, one error of each at a time. */
export interface ErrorRecord {
  readonly isEmpty: () => boolean;
  /** Takes in what each model was off by at one more step. O(models log models). */
  readonly add: (errors: Float64Array) => void;
  /** Weighted mean of each model's errors, newer ones counting more. */
  readonly means: () => Float64Array;
  /** How many times the usual the models' median error was in the last hours; 1 where that is not known. */
  readonly surprise: () => number;
}

/**
 * An empty record. A step in which the median model is off by more than `blunt` usual errors counts as one in which it is
 * off by just so much: a level that shifts, or a spike, puts every model in the wrong by much more than they differ, and
 * would else drown for days what tells them apart. `stale`, in [0, 1], says how old errors are when they become known: 1 for
 * a day and more.
 */
export function errorRecord(
  models: number,
  { day, stale }: { readonly day: number; readonly stale: number },
): ErrorRecord {
  const blunt = BLUNT.fresh + stale * (BLUNT.stale - BLUNT.fresh);
  const sums = new Float64Array(models);
  const [memory, surprise] = [Math.exp(-1 / (day * MEMORY_DAYS)), Math.exp(-1 / (day * SURPRISE_DAYS))];
  const usual = fadingMean(memory);
  const lately = fadingMean(surprise);
  let weight = 0;
  return {
    isEmpty: () => weight === 0,
    add: (errors) => {
      const middle = median(errors);
      const before = usual.isEmpty() ? middle : usual.mean();
      usual.add(Math.min(middle, MOST_USUALS * before));
      lately.add(middle);
      const share = middle > blunt * before ? (blunt * before) / middle : 1;
      for (let m = 0; m < models; m++) sums[m] = memory * sums[m]! + share * errors[m]!;
      weight = memory * weight + 1;
    },
    means: () => sums.map((sum) => sum / weight),
    surprise: () => (usual.mean() > 0 ? lately.mean() / usual.mean() : 1),
  };
}

/** A mean in which each value counts for a share of the one after it. */
function fadingMean(share: number) {
  let [sum, weight] = [0, 0];
  return {
    isEmpty: () => weight === 0,
    mean: () => sum / weight,
    add: (value: number) => {
      sum = share * sum + value;
      weight = share * weight + 1;
    },
  };
}
