/** What a policy spent and what it lacked; less of both is better. */
export interface CostAndShort {
  readonly cost: number;
  readonly short: number;
}

/**
 * For each policy the first other one that spends no more and lacks no more, and less of one of the two; −1 for those on
 * the Pareto frontier. O(n²).
 */
export const dominatorsOf = (points: readonly CostAndShort[]): readonly number[] =>
  points.map((mine) => points.findIndex((other) => isBetter(other, mine)));

const isBetter = (a: CostAndShort, b: CostAndShort): boolean =>
  a.cost <= b.cost && a.short <= b.short && (a.cost < b.cost || a.short < b.short);
