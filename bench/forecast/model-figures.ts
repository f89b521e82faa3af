import { tune } from '../../models/forecast/calibrate.ts';
import { peakAt, scoreOf } from '../../models/forecast/conformal.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { crpsOfSample } from '../../models/forecast/metrics/crps.ts';
import { meanAbsoluteError } from '../../models/forecast/metrics/mase.ts';
import { dayOrigins, type HeldOutDay, heldOutDays, peakPairs } from '../../models/forecast/rolling-origin.ts';
import { said } from '../../models/forecast/said.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import type { Series } from '../../models/kernel/series.ts';
import { mean } from '../../models/kernel/statistics.ts';

const DAY_MS = 86_400_000;
const HELD_DAYS = 5;
const WINDOW_MS = 900_000;

/** The level that a penalty of 20 asks for, and its neighbours, as in a fit. */
const LEVELS = [1 - 2 / 21, 20 / 21, 1 - 0.5 / 21];

/** What one model does on days that were held out one after the other. Errors and losses in the load's unit. */
export interface ModelFigures {
  /** Mean absolute error of a path for the whole day, made before it. */
  readonly dayError: number;
  /** Of the peak over 15 minutes, each day judged by the others: pinball loss as in the choice, and CRPS. */
  readonly pinball: number;
  readonly crps: number;
  /** CPU of one fit and path. */
  readonly milliseconds: number;
}

/** Fits a model before each of the newest five days and scores it; refuses in words. */
export function figuresOf(history: Series, forecaster: Forecaster): Result<ModelFigures, string> {
  const stepsPerDay = Math.round(DAY_MS / history.stepMs);
  const n = history.values.length;
  const days = Math.min(HELD_DAYS, Math.floor(n / stepsPerDay) - 2);
  if (days < 2) return refuse('less than four days');
  const windowSteps = Math.max(1, Math.round(WINDOW_MS / history.stepMs));
  const before = process.cpuUsage();
  const held = heldOutDays(history, forecaster, {
    origins: dayOrigins(n, stepsPerDay, days),
    stepsPerDay,
    windowSteps,
  });
  const { user, system } = process.cpuUsage(before);
  if (!held.ok) return refuse(said(held.refusal));
  const terms = { windowSteps, stride: Math.max(1, Math.ceil(stepsPerDay / 288)), levels: LEVELS };
  const tuned = tune(held.value, terms);
  return accept({
    dayError: mean(held.value.map(({ path, actual }) => meanAbsoluteError(actual.subarray(0, stepsPerDay), path))),
    pinball: tuned.pinball,
    crps: crpsOf(held.value, tuned, terms),
    milliseconds: (user + system) / 1000 / days,
  });
}

/** Mean CRPS of the peak, the scores of the other days around the expected one being the sample. */
function crpsOf(
  days: readonly HeldOutDay[],
  { correction, power }: ReturnType<typeof tune>,
  walk: { readonly windowSteps: number; readonly stride: number },
): number {
  const pairs = days.map((day) => peakPairs(day, correction, walk));
  const scores = pairs.map(({ expected, actual }) =>
    Array.from(expected, (peak, i) => scoreOf(actual[i]!, peak, power)),
  );
  return mean(
    pairs.flatMap(({ expected, actual }, d) => {
      const others = Float64Array.from(scores.filter((_, other) => other !== d).flat()).sort();
      const thinned = others.filter((_, i) => i % 8 === 4);
      return Array.from(expected, (peak, i) =>
        crpsOfSample(
          thinned.map((score) => peakAt(peak, score, power)),
          actual[i]!,
        ),
      );
    }),
  );
}
