import { AnomalyDetector, type Finding, THRESHOLD } from './detector.ts';
import type { Measure } from './measures.ts';

/** Values in the order of time, at any stamps; NaN is missing. */
export interface Observations {
  readonly ms: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** One value that is new, and what was expected in its place. */
export interface Anomaly {
  readonly index: number;
  readonly score: number;
  readonly because: Measure;
  readonly low: number;
  readonly high: number;
}

export interface Anomalies {
  /** One score a value, 0 to 1; 0 where the value is missing. */
  readonly scores: Float64Array;
  /** Those at or above `THRESHOLD`, in order. */
  readonly anomalies: readonly Anomaly[];
}

/** Scores a whole series as the detector would have as it came in: score i depends on the values up to i alone. O(n). */
export function findAnomalies({ ms, values }: Observations): Anomalies {
  const detector = new AnomalyDetector();
  const scores = new Float64Array(values.length);
  const anomalies: Anomaly[] = [];
  for (let index = 0; index < values.length; index++) {
    const finding = detector.observe(ms[index]!, values[index]!);
    scores[index] = finding.score;
    if (isAnomaly(finding)) anomalies.push({ index, ...finding });
  }
  return { scores, anomalies };
}

const isAnomaly = (finding: Finding): finding is Finding & { readonly because: Measure } =>
  finding.score >= THRESHOLD && finding.because !== undefined;
