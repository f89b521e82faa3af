import { endOf, type Series } from '../kernel/series.ts';
import { median } from '../kernel/statistics.ts';
import { DAY_MS } from './civil.ts';
import type { EventWindow, LearnedEvent, PlannedEvent } from './event.ts';
import { sharesOf } from './event-factor.ts';
import { type MarkedHistory, usualLoad } from './usual-load.ts';

/** Standard deviation of ln(uplift) before anything is seen: most events at most double the load or halve it. */
const PRIOR_SPREAD = Math.LN2;

/** No occurrence is known better than this: ln(ratio). */
const LEAST_NOISE = 0.03;

/** Newest occurrences that are learned from. */
const MOST_OCCURRENCES = 12;

/** Days beside an occurrence on which the same hours say how far the usual is off where nothing happened. */
const PLACEBO_DAYS = [-7, -3, -2, -1, 1, 2, 3, 7] as const;

/** No event is believed to do more than this, up or down. */
export const MOST_UPLIFT = 20;

/** Deviations from the median to a standard deviation, of normal values. */
const TO_DEVIATION = 1.4826;

/**
 * What each event does to the load: from its past occurrences the ratios of actual to usual load, their median shrunk
 * towards what was expected of it (1 unless told) the more, the fewer they are and the noisier the load is in those hours.
 *
 * ln uplift = e + n·τ² / (n·τ² + s²) · (m − e) with e the expectation, m the median of the n newest ln ratios (at most
 * 12), τ = ln 2, and s the greater of their own spread and of what the same hours of ordinary days show; within 1/20…20.
 * An occurrence counts when it ended within the history, half of its steps or more belong to no other event, and another
 * day tells what is usual. Without any the expectation stands. Only the history is read: all of it is past.
 * Cost: O(events · occurrences · 96 · days).
 * Source: normal means with a normal prior, Gelman et al., Bayesian Data Analysis (2013) §2.5; ratio to a baseline of
 * like days, as in Prophet's holiday effects, Taylor & Letham, The American Statistician 72 (2018) §3.4.
 */
export function learnUplifts(history: Series, events: readonly PlannedEvent[]): readonly LearnedEvent[] {
  const grid = { startMs: history.startMs, stepMs: history.stepMs, steps: history.values.length };
  const shares = events.map(({ windows }) => sharesOf(windows, grid));
  const marked = Uint8Array.from(history.values, (_, i) => (shares.some((share) => share[i]! > 0) ? 1 : 0));
  const endMs = endOf(history);
  return events.map((event, k) => {
    const others = shares.filter((_, other) => other !== k);
    const past = event.windows.filter(({ fromMs, toMs }) => toMs <= endMs && fromMs >= history.startMs);
    const alone = past.filter((window) => mostlyAlone(window, others, grid));
    const seen = alone.slice(-MOST_OCCURRENCES).flatMap((window) => occurrence({ series: history, marked }, window));
    return {
      id: event.id,
      name: event.name,
      uplift: shrunk(seen, Math.log(event.expected)),
      occurrences: seen.length,
      windows: event.windows.filter(({ toMs }) => toMs > endMs),
    };
  });
}

interface Occurrence {
  readonly logRatio: number;
  /** The same, of the same hours on days without it. */
  readonly placebos: readonly number[];
}

interface Grid {
  readonly startMs: number;
  readonly stepMs: number;
}

const stepsOf = ({ fromMs, toMs }: EventWindow, { startMs, stepMs }: Grid) => ({
  from: Math.floor((fromMs - startMs) / stepMs),
  to: Math.ceil((toMs - startMs) / stepMs),
});

function mostlyAlone(window: EventWindow, others: readonly Float64Array[], grid: Grid): boolean {
  const { from, to } = stepsOf(window, grid);
  let shared = 0;
  for (let i = from; i < to; i++) shared += others.some((share) => share[i]! > 0) ? 1 : 0;
  return 2 * shared <= to - from;
}

function occurrence(history: MarkedHistory, window: EventWindow): readonly Occurrence[] {
  const { from, to } = stepsOf(window, history.series);
  const logRatio = logRatioOf(history, from, to);
  if (logRatio === undefined) return [];
  const day = Math.round(DAY_MS / history.series.stepMs);
  const placebos = PLACEBO_DAYS.flatMap((days) => {
    const [first, last] = [from + days * day, to + days * day];
    const outside = first < 0 || last > history.marked.length;
    if (outside || history.marked.subarray(first, last).includes(1)) return [];
    return logRatioOf(history, first, last) ?? [];
  });
  return [{ logRatio, placebos }];
}

/** ln(actual / usual), held within what is believed of any event. */
function logRatioOf(history: MarkedHistory, from: number, to: number): number | undefined {
  const load = usualLoad(history, { from, to });
  if (load === undefined || !(load.usual > 0)) return undefined;
  return held(Math.log(load.actual / load.usual));
}

const held = (log: number): number => Math.min(Math.log(MOST_UPLIFT), Math.max(-Math.log(MOST_UPLIFT), log));

function shrunk(seen: readonly Occurrence[], expected: number): number {
  if (seen.length === 0) return Math.exp(held(expected));
  const middle = median(seen.map(({ logRatio }) => logRatio));
  const own = TO_DEVIATION * median(seen.map(({ logRatio }) => Math.abs(logRatio - middle)));
  const placebos = seen.flatMap((occurrence) => occurrence.placebos);
  const ordinary = placebos.length === 0 ? PRIOR_SPREAD / 2 : TO_DEVIATION * median(placebos.map(Math.abs));
  const noise = Math.max(LEAST_NOISE, own, ordinary) ** 2;
  const trust = seen.length * PRIOR_SPREAD ** 2;
  return Math.exp(held(expected + (trust / (trust + noise)) * (middle - expected)));
}
