/** What an origin may see of a load: the steps before it. */
export interface LookBack {
  /** A step, or the newest one whole days before or after it that the origin knows. */
  readonly at: (origin: number, step: number) => number;
  /** Mean of as many steps before an origin, or of those there are; 0 where there is none. */
  readonly mean: (origin: number, steps: number) => number;
}

/** Looks at a load without blanks, whose day has so many steps. O(n) once, then O(1) a mean and a step. */
export function lookBack(values: Float64Array, day: number): LookBack {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  return {
    at: (origin, step) => {
      const seen = step >= origin ? step - day * Math.ceil((step - origin + 1) / day) : step;
      const known = seen < 0 ? seen + day * Math.ceil(-seen / day) : seen;
      return values[Math.min(known, origin - 1)]!;
    },
    mean: (origin, steps) => {
      const from = Math.max(0, origin - steps);
      return from === origin ? 0 : (sums[origin]! - sums[from]!) / (origin - from);
    },
  };
}
