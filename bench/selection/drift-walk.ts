import { refreshAfterMs } from '../../loop/window.ts';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import { driftOf, hasDrifted } from '../../models/forecast/drift.ts';
import { outlookOf } from '../../models/forecast/outlook.ts';
import { type GappedSeries, instant, type Series, slice } from '../../models/kernel/series.ts';
import { median } from '../../models/kernel/statistics.ts';
import { planHorizons } from '../scaling/refitted-band.ts';

const BOOT_SECONDS = 300;
const HOUR_MS = 3_600_000;

/** What the load is multiplied by from an hour after each fit on. */
export const SHIFTS = [1, 1.5, 0.6] as const;

export type Shift = (typeof SHIFTS)[number];

/** One model's life, from its fit to its refresh. */
interface Life {
  readonly model: DirectModel;
  readonly from: number;
  readonly to: number;
}

/** How often, and how late, drift was told in the lives of one load's models. */
export interface DriftRow {
  readonly lives: number;
  readonly told: number;
  /** Median minutes from the shift to the first step that told; NaN where none did. */
  readonly minutes: number;
}

/** Fits as the controller does in the second half of a history, every few hours. */
export function livesOf(history: Series): readonly Life[] {
  const { stepMs, values } = history;
  const bootSteps = Math.max(1, Math.ceil((BOOT_SECONDS * 1000) / stepMs));
  const rules = { stepSeconds: stepMs / 1000, bootSteps, lagSteps: 0, mu: 1, penalty: 20 };
  const lives: Life[] = [];
  let from = Math.floor(values.length / 2);
  while (from < values.length) {
    const fit = fitDirect(slice(history, 0, from), { horizons: planHorizons(rules), leadSteps: bootSteps });
    const wait = fit.ok ? refreshAfterMs(fit.value) : HOUR_MS;
    const to = Math.min(values.length, from + Math.round(wait / stepMs));
    if (fit.ok) lives.push({ model: fit.value, from, to });
    from = to;
  }
  return lives;
}

/** The same lives with the load shifted in each. */
export function driftRow(history: Series, lives: readonly Life[], shift: Shift): DriftRow {
  const delays = lives.map((life) => firstTold(history, life, shift)).filter((told) => told !== undefined);
  const minutes = median(delays.map((steps) => (steps * history.stepMs - HOUR_MS) / 60_000));
  return { lives: lives.length, told: delays.length, minutes };
}

/** Steps since the fit after which drift is told; undefined where it never is. */
function firstTold({ values, stepMs }: Series, { model, from, to }: Life, shift: Shift): number | undefined {
  const seen = values.slice(from - 1, to);
  for (let i = 1 + Math.round(HOUR_MS / stepMs); i < seen.length; i++) seen[i]! *= shift;
  const recent: GappedSeries = {
    startMs: instant(model.fittedAtMs - stepMs),
    stepMs,
    values: seen,
    mayHaveBlanks: true,
  };
  const outlook = outlookOf(model, recent);
  if (!outlook.ok) return undefined;
  const { ranks, leadSteps } = outlook.value.past;
  for (let n = 1; n <= ranks.length; n++) {
    if (hasDrifted(driftOf({ ranks: ranks.subarray(0, n), leadSteps }))) return n;
  }
  return undefined;
}
