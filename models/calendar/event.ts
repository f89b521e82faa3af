import type { EpochMs } from '../kernel/series.ts';

/** How an event comes back: every so many days, weeks, months or years by the clock of its zone. */
export interface Repetition {
  readonly every: 'day' | 'week' | 'month' | 'year';
  /** Every n-th of them, at least 1. */
  readonly interval: number;
}

/**
 * Something that moves the load at known times, as people write it down: once (`starts`), again and again (`repeats`), or
 * on listed whole days (`dates`). Days are `2026-11-27`, times `2026-11-27T08:30`, both by the clock of `zone`.
 */
export interface EventRule {
  readonly name: string;
  /** IANA time zone. */
  readonly zone: string;
  readonly starts?: string | undefined;
  /** How long an occurrence that `starts` lasts. */
  readonly durationMinutes?: number | undefined;
  readonly repeats?: Repetition | undefined;
  readonly dates?: readonly string[] | undefined;
  /** Last day on which an occurrence begins. */
  readonly until?: string | undefined;
  /** Days on which it does not take place. */
  readonly except?: readonly string[] | undefined;
  /** What the load is expected to be multiplied by, before anything was learned; 1 unless told. */
  readonly uplift?: number | undefined;
}

/** When one occurrence takes place: [fromMs, toMs). */
export interface EventWindow {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** An event over a span of time, its rule worked out. */
export interface PlannedEvent {
  /** The rule itself as text: a rule that was changed is another event. */
  readonly id: string;
  readonly name: string;
  /** What the load is expected to be multiplied by, before anything was learned. */
  readonly expected: number;
  /** Ascending; one rule's occurrences may overlap. */
  readonly windows: readonly EventWindow[];
}

/** An event with what its past occurrences taught. Plain JSON. */
export interface LearnedEvent {
  readonly id: string;
  readonly name: string;
  /** What the load is multiplied by while it takes place. */
  readonly uplift: number;
  /** Past occurrences that it was learned from. */
  readonly occurrences: number;
  /** Occurrences that end after the history that it was learned from, ascending. */
  readonly windows: readonly EventWindow[];
}

/** The rule as text, by which it is known. */
export const eventId = (rule: EventRule): string => JSON.stringify(rule);
