const HOUR_SECONDS = 3600;

export const DAY_HOURS = 24;
export const WEEK_HOURS = 168;

/**
 * The hour in which a step begins, counted from the trace's first step: a replay knows no calendar, and hours of one day
 * or week apart are all that a pattern needs. O(1).
 */
export const hourOf = (step: number, stepSeconds: number): number => Math.floor((step * stepSeconds) / HOUR_SECONDS);
