import { type EpochMs, instant } from '../models/kernel/series.ts';
import { type Policy, stepMsOf } from './policy.ts';

const HOUR_MS = 3_600_000;

/** A model is asked for anew once it is this old. */
export const REFIT_AFTER_MS = 24 * HOUR_MS;

const REFRESH_AFTER_MS = 6 * HOUR_MS;

/** How old the direct regression may become: hours, and one hour while the history is too short to know a day by heart. */
export const refreshAfterMs = (direct: { readonly lagDays: readonly number[] } | undefined): number =>
  direct === undefined || direct.lagDays.includes(2) ? REFRESH_AFTER_MS : HOUR_MS;

/** How far a fitted path reaches: a day until the next fit, and room for fits that fail. */
export const PATH_MS = 48 * HOUR_MS;

/** What is reread on every tick, because CloudWatch completes and corrects its newest minutes late. */
export const REREAD_MS = 15 * 60_000;

/** A tick keeps new samples once they reach this far beyond the kept ones; until then the delta read brings them again. */
export const KEEP_AFTER_MS = 30 * 60_000;

/** Load that a tick needs when there is no model yet. */
const RECENT_MS = 3 * HOUR_MS;

/** Start of the grid step that `ms` falls into. */
export const floorToStep = (ms: number, stepMs: number): EpochMs => instant(Math.floor(ms / stepMs) * stepMs);

/** End of the newest step that is past its publication delay: nothing later is ever looked at. */
export const knownUntil = (policy: Policy, asOfMs: number): EpochMs =>
  floorToStep(asOfMs - policy.load.publicationDelaySeconds * 1000, stepMsOf(policy));

/** From where a tick needs load: since the model was fitted, as far as its path reaches, else the last hours. */
export function recentFrom(policy: Policy, asOfMs: number, fittedAtMs: number | undefined): EpochMs {
  const since = fittedAtMs === undefined ? asOfMs - RECENT_MS : Math.max(fittedAtMs, asOfMs - PATH_MS);
  return floorToStep(Math.min(since, asOfMs - RECENT_MS), stepMsOf(policy));
}

/** From where a fit wants load. */
export const historyFrom = (policy: Policy, asOfMs: number): EpochMs =>
  floorToStep(asOfMs - policy.history.days * 24 * HOUR_MS, stepMsOf(policy));
