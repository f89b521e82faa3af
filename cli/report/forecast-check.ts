import type { DecisionEntry } from '../../loop/ledger.ts';
import { windowOf } from './decision-facts.ts';
import { known } from './format.ts';
import type { DayReport } from './report-data.ts';

/** The greatest load within a decision's window, once all of it is known; null otherwise. */
export type PeakSeen = (entry: DecisionEntry) => number | null;

/** Looks up what came of each forecast. O(steps) once, then O(window) for each decision. */
export function peaksSeen({ steps, stepSeconds }: DayReport): PeakSeen {
  const stepMs = stepSeconds * 1000;
  const loads = new Map(steps.map(({ ms, load }) => [ms, known(load)]));
  return (entry) => {
    const window = windowOf(entry, stepSeconds);
    if (window === null || !(stepMs > 0)) return null;
    let peak = Number.NEGATIVE_INFINITY;
    for (let ms = window.fromMs; ms < window.toMs; ms += stepMs) {
      const value = loads.get(ms) ?? null;
      if (value === null) return null;
      peak = Math.max(peak, value);
    }
    return Number.isFinite(peak) ? peak : null;
  };
}

/** How often the peak stayed at or below the level that the price asks for. */
export interface LevelCheck {
  /** Forecasts whose whole window is known. */
  readonly known: number;
  readonly covered: number;
}

export function levelCheck({ records }: DayReport, peakOf: PeakSeen): LevelCheck {
  let count = 0;
  let covered = 0;
  for (const { decision } of records) {
    const peak = peakOf(decision);
    if (peak === null || decision.forecast.kind !== 'forecast') continue;
    count++;
    if (peak <= decision.forecast.loadAtLevel) covered++;
  }
  return { known: count, covered };
}
