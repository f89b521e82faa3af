import type { GappedSeries, Series } from '../kernel/series.ts';
import type { EventWindow } from './event.ts';

/** An event as far as it moves a load. */
export interface Lifting {
  readonly uplift: number;
  /** Ascending by their start. */
  readonly windows: readonly EventWindow[];
}

/**
 * What a load over [fromMs, toMs) is multiplied by: the product over the events of 1 + (uplift − 1) · share of the time
 * that the event takes. 1 where there is none. O(events · windows).
 */
export function factorOver(events: readonly Lifting[], fromMs: number, toMs: number): number {
  let factor = 1;
  for (const { uplift, windows } of events) factor *= 1 + (uplift - 1) * shareOf(windows, fromMs, toMs);
  return factor;
}

/** Share of [fromMs, toMs) that the windows cover, in [0, 1]. O(windows). */
export function shareOf(windows: readonly EventWindow[], fromMs: number, toMs: number): number {
  let covered = 0;
  for (const window of windows) {
    if (window.fromMs >= toMs) break;
    covered += Math.max(0, Math.min(window.toMs, toMs) - Math.max(window.fromMs, fromMs));
  }
  return Math.min(1, covered / (toMs - fromMs));
}

/** The factor of each step of a grid; undefined where it is 1 throughout. O(steps · events + windows · steps covered). */
export function factorsOf(
  events: readonly Lifting[],
  { startMs, stepMs, values }: Series | GappedSeries,
): Float64Array | undefined {
  const factors = new Float64Array(values.length).fill(1);
  let any = false;
  for (const { uplift, windows } of events) {
    if (uplift === 1) continue;
    const shares = sharesOf(windows, { startMs, stepMs, steps: values.length });
    shares.forEach((share, i) => {
      if (share === 0) return;
      factors[i]! *= 1 + (uplift - 1) * Math.min(1, share);
      any = true;
    });
  }
  return any ? factors : undefined;
}

/** Share of each step that the windows cover; more than 1 where they overlap. O(steps + steps covered). */
export function sharesOf(
  windows: readonly EventWindow[],
  { startMs, stepMs, steps }: { readonly startMs: number; readonly stepMs: number; readonly steps: number },
): Float64Array {
  const shares = new Float64Array(steps);
  for (const { fromMs, toMs } of windows) {
    const first = Math.max(0, Math.floor((fromMs - startMs) / stepMs));
    const last = Math.min(steps, Math.ceil((toMs - startMs) / stepMs));
    for (let i = first; i < last; i++) {
      const begins = startMs + i * stepMs;
      shares[i]! += (Math.min(toMs, begins + stepMs) - Math.max(fromMs, begins)) / stepMs;
    }
  }
  return shares;
}
