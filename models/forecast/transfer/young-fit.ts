import { repairForTraining } from '../../clean/repair.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { type Series, slice } from '../../kernel/series.ts';
import { mean } from '../../kernel/statistics.ts';
import type { ForecastArtefact } from '../artefact.ts';
import { candidateOf } from '../candidate.ts';
import { chooseChampion } from '../champion.ts';
import { artefactOf, type FitOptions, tuneTermsOf } from '../fit.ts';
import type { Forecaster, ForecastRefusal } from '../forecaster.ts';
import type { HeldOutDay } from '../rolling-origin.ts';
import { seasonalNaive } from '../seasonal-naive.ts';
import { fitTransfer, transferForecaster } from './transfer-trees.ts';

const DAY_MS = 86_400_000;

/** Newest days of each other group that errors are measured on. */
const DAYS_A_GROUP = 5;

/** More of a group teaches nothing: `fitTransfer` looks at as many days, five hours apart. */
const MOST_DAYS = 32;

/** Each half of the other groups is judged by what the other half taught. */
const LEAST_GROUPS = 2;

/** A day of another group below this share of its own mean is one of rest: brought to the young group's level it would be noise. */
const LEAST_SHARE = 1 / 20;

/**
 * A fit for a group that knows a day of itself: its day repeated, or corrected by what other groups taught, whichever would
 * have served those groups better. It has no day to be judged on; its calibration holds the errors on theirs, each brought
 * to its level, by trees that had not seen the group.
 *
 * Refuses less than a day, a day that never changes, a window longer than a day, and fewer than two other groups with two
 * days on the same steps. Deterministic. Cost: three times that of `fitTransfer`.
 * Source: conformal prediction where groups are exchangeable, Dunn, Wasserman & Ramdas, JASA 118 (2023). Deviation: the
 * errors of all groups are pooled and ranked as if they were independent, so that with few groups a high level leans on the
 * worst days of one or two.
 */
export function fitYoung(
  history: Series,
  options: FitOptions,
  others: readonly Series[],
): Result<ForecastArtefact, ForecastRefusal> {
  const day = Math.round(DAY_MS / history.stepMs);
  const have = history.values.length;
  if (have < day) return refuse({ kind: 'too-short', have, need: day });
  if (options.windowSteps > day) {
    return refuse({
      kind: 'no-signal',
      reason: `${options.windowSteps} steps ahead are more than the day that is known`,
    });
  }
  const groups = others
    .filter(({ stepMs, values }) => stepMs === history.stepMs && values.length >= 2 * day)
    .map((other) => groupOf(other, day));
  if (groups.length < LEAST_GROUPS) {
    const reason = `less than two days are known, and two days of ${groups.length} other group(s) on the same steps; ${LEAST_GROUPS} such groups are needed`;
    return refuse({ kind: 'no-signal', reason });
  }
  const learned = learnedFrom(groups);
  if (!learned.ok) return learned;
  const { forecaster, judges } = learned.value;
  const path = forecaster.path(history, day);
  if (!path.ok) return path;

  const level = mean(history.values.subarray(have - day));
  const naive = seasonalNaive('seasonal-naive-day', DAY_MS);
  const lessons = groups.flatMap((group, i) =>
    daysAfterADay(group, { forecasters: [naive, judges[i % judges.length]!], level, windowSteps: options.windowSteps }),
  );
  if (lessons.length === 0) return refuse({ kind: 'no-signal', reason: 'no day of the other groups can be forecast' });
  const terms = tuneTermsOf(history, options);
  const candidates = [naive, forecaster].map((one, k) =>
    candidateOf(
      one,
      lessons.map((lesson) => lesson[k]!),
      terms,
    ),
  );
  // There is a candidate, so that there is a verdict.
  const verdict = chooseChampion(candidates, undefined)!;
  const why = `${verdict.why}; judged on days of ${groups.length} other groups, having one of its own`;
  return artefactOf(history, options, { ...verdict, why, candidates, refused: [] });
}

/** Another group's newest days, as they came and with outliers bridged. */
interface Group {
  readonly came: Series;
  readonly repaired: Series;
}

function groupOf(other: Series, day: number): Group {
  const came = slice(other, Math.max(0, other.values.length - MOST_DAYS * day));
  return { came, repaired: repairForTraining(came).series };
}

interface Learned {
  /** By what all groups taught. */
  readonly forecaster: Forecaster;
  /** The first judges groups of even index, by what the others taught; the second those of odd index. */
  readonly judges: readonly Forecaster[];
}

function learnedFrom(groups: readonly Group[]): Result<Learned, ForecastRefusal> {
  const halves = [1, 0].map((parity) => groups.filter((_, i) => i % 2 === parity));
  const forecasters: Forecaster[] = [];
  for (const taught of [groups, ...halves]) {
    const trees = fitTransfer(taught.map(({ repaired }) => repaired));
    if (!trees.ok) return trees;
    forecasters.push(transferForecaster(trees.value));
  }
  const [forecaster, ...judges] = forecasters;
  return accept({ forecaster: forecaster!, judges });
}

/** A day that came after a day, as each forecaster would have had it. */
type Lesson = readonly HeldOutDay[];

interface LessonTerms {
  readonly forecasters: readonly Forecaster[];
  /** Mean that the day before shall have. */
  readonly level: number;
  readonly windowSteps: number;
}

/**
 * The newest days of a group as they came, each forecast from the day before it alone, outliers bridged. Left out are those
 * that a forecaster refuses, and those after a day of rest.
 */
function daysAfterADay({ came, repaired }: Group, { forecasters, level, windowSteps }: LessonTerms): readonly Lesson[] {
  const day = Math.round(DAY_MS / came.stepMs);
  const days = Math.min(DAYS_A_GROUP, Math.floor(came.values.length / day) - 1);
  const least = LEAST_SHARE * mean(repaired.values);
  return Array.from({ length: days }, (_, k) => came.values.length - (days - k) * day).flatMap((origin) => {
    const before = slice(repaired, origin - day, origin);
    const known = mean(before.values);
    if (!(known > least)) return [];
    const scale = level / known;
    const scaled = (values: Float64Array): Float64Array => values.map((load) => scale * load);
    const actual = scaled(came.values.subarray(origin, origin + day + windowSteps));
    const paths = forecasters.map((forecaster) => forecaster.path(before, day + windowSteps));
    const lesson = paths.flatMap((path) => (path.ok ? [{ path: scaled(path.value), actual }] : []));
    return lesson.length < forecasters.length || !actual.every(Number.isFinite) ? [] : [lesson];
  });
}
