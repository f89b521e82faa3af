import type { DecisionEntry } from '../../loop/ledger.ts';
import { known } from '../page/format.ts';
import { windowOf } from './decision-facts.ts';
import type { DayReport } from './report-data.ts';

/** What a decision's window brought. */
export interface Came {
  /** The greatest load. */
  readonly peak: number;
  /** The greatest need; null where some of it is unknown. */
  readonly need: number | null;
}

/** What came of a decision's window, once all of it is known; null otherwise. */
export type CameSeen = (entry: DecisionEntry) => Came | null;

/** Looks up what came of each forecast. O(steps) once, then O(window) for each decision. */
export function whatCame({ steps, stepSeconds }: DayReport): CameSeen {
  const stepMs = stepSeconds * 1000;
  const byTime = new Map(steps.map((step) => [step.ms, step]));
  return (entry) => {
    const window = windowOf(entry, stepSeconds);
    if (window === null || !(stepMs > 0)) return null;
    const met: NonNullable<ReturnType<typeof byTime.get>>[] = [];
    for (let ms = window.fromMs; ms < window.toMs; ms += stepMs) {
      const step = byTime.get(ms);
      if (step === undefined) return null;
      met.push(step);
    }
    const peak = greatest(met.map(({ load }) => load));
    return peak === null ? null : { peak, need: greatest(met.map(({ need }) => need)) };
  };
}

/** Null when any is unknown, or there are none. */
function greatest(values: readonly (number | null)[]): number | null {
  let most: number | null = null;
  for (const value of values) {
    const here = known(value);
    if (here === null) return null;
    most = Math.max(most ?? here, here);
  }
  return most;
}

/** How often the peak stayed at or below the level that the price asks for. */
export interface LevelCheck {
  /** Forecasts whose whole window is known. */
  readonly known: number;
  readonly covered: number;
}

export function levelCheck({ records }: DayReport, cameOf: CameSeen): LevelCheck {
  let count = 0;
  let covered = 0;
  for (const { decision } of records) {
    const came = cameOf(decision);
    if (came === null || decision.forecast.kind !== 'forecast') continue;
    count++;
    if (came.peak <= decision.forecast.loadAtLevel) covered++;
  }
  return { known: count, covered };
}
