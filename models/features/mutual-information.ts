import { ascending, quantileOfSorted } from '../kernel/statistics.ts';

/** More classes than this leave too few rows in each pair of them. */
const MOST_CLASSES = 12;

/**
 * How much knowing x says about y, in nats: the information that classes of equal frequency share, less what chance gives
 * a table of that size; at least 0. Values that are equal share a class. Needs equal lengths, finite values. O(n log n).
 * Source: Cover & Thomas, Elements of Information Theory §2.3; correction, Miller (1955), also Paninski, Neural
 * Computation 15 (2003) §2.
 */
export function mutualInformation(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const classes = Math.max(2, Math.min(MOST_CLASSES, Math.floor(Math.cbrt(n))));
  const a = classesOf(x, classes);
  const b = classesOf(y, classes);
  const joint = new Float64Array(classes * classes);
  const ofA = new Float64Array(classes);
  const ofB = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    joint[a[i]! * classes + b[i]!]!++;
    ofA[a[i]!]!++;
    ofB[b[i]!]!++;
  }
  let shared = 0;
  joint.forEach((count, k) => {
    if (count > 0) shared += (count / n) * Math.log((count * n) / (ofA[Math.floor(k / classes)]! * ofB[k % classes]!));
  });
  const used = (counts: Float64Array): number => counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return n === 0 ? 0 : Math.max(0, shared - ((used(ofA) - 1) * (used(ofB) - 1)) / (2 * n));
}

function classesOf(values: Float64Array, classes: number): Uint8Array {
  const sorted = ascending(values);
  const edges = Float64Array.from({ length: classes - 1 }, (_, k) => quantileOfSorted(sorted, (k + 1) / classes));
  return Uint8Array.from(values, (value) => {
    let k = 0;
    while (k < edges.length && value > edges[k]!) k++;
    return k;
  });
}
