/** Relative size of a term below which a sum has come to its end. */
const ENOUGH = 1e-12;

const MOST_TERMS = 10_000;

/** Bernoulli's numbers over 2k(2k − 1): the coefficients of Stirling's series. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680] as const;

/**
 * Natural logarithm of Γ(a) for a > 0, to ten digits: Stirling's series beyond 10, the recurrence below.
 * Source: NIST Digital Library of Mathematical Functions §5.11.1, §5.5.1.
 */
export function lnGamma(a: number): number {
  let x = a;
  let below = 0;
  while (x < 10) below += Math.log(x++);
  const series = STIRLING.reduce((sum, c, k) => sum + c / x ** (2 * k + 1), 0);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - below;
}

/**
 * Q(a, x) = Γ(a, x) / Γ(a): probability that a gamma variable of shape a and scale 1 is above x; a > 0. 1 for x ≤ 0.
 * Cost: O(√a) terms near x = a, fewer elsewhere. Source: DLMF §8.7.1 (series), §8.9.2 (continued fraction, by Lentz's way).
 */
export function upperGamma(a: number, x: number, lnGammaA = lnGamma(a)): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - lnGammaA);
  return x < a + 1 ? Math.max(0, 1 - front * lowerSeries(a, x)) : front * upperFraction(a, x);
}

/** Σ xⁿ / (a(a + 1)…(a + n)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > ENOUGH * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))). */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const up = n * (a - n);
    b += 2;
    d = 1 / (b + up * d);
    c = b + up / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < ENOUGH) break;
  }
  return value;
}

/** Φ(z), of the standard normal distribution: erfc(x) = Q(½, x²) for x ≥ 0 (DLMF §7.11.2). */
export const normalBelow = (z: number): number => {
  const tail = 0.5 * upperGamma(0.5, (z * z) / 2);
  return z >= 0 ? 1 - tail : tail;
};

/** z with Φ(z) = p, by bisection; p in (0, 1). */
export function normalQuantile(p: number): number {
  let low = -9;
  let high = 9;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
