import type { Series } from '../kernel/series.ts';

const DAY_MS = 86_400_000;

/** Days that a load needs for one of them to be held out; of a shorter one, other groups' days stand in (`fitYoung`). */
export const DAYS_OF_ITS_OWN = 2;

/** Whether a load is too short to be judged by days of its own. */
export const isYoung = ({ values, stepMs }: Pick<Series, 'values' | 'stepMs'>): boolean =>
  spansYoung(values.length, stepMs);

/** The same of so many steps. */
export const spansYoung = (steps: number, stepMs: number): boolean => steps * stepMs < DAYS_OF_ITS_OWN * DAY_MS;
