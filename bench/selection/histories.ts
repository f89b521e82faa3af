import path from 'node:path';
import { BadInputError } from '../../models/kernel/errors.ts';
import { instant, type Series } from '../../models/kernel/series.ts';
import { firstHalf } from '../scaling/first-halves.ts';
import { seriesUnder } from '../scaling/series.ts';

/** The first half of a recorded load, blanks carried forward. */
export interface HalfHistory {
  readonly name: string;
  readonly history: Series;
}

/** Finer steps than this are left out: a walk through them takes hours, and they are few. */
const LEAST_STEP_SECONDS = 300;

/** Coarser ones have no lead of minutes. */
const MOST_STEP_SECONDS = 600;

const DAY_SECONDS = 86_400;
const LEAST_DAYS = 4;

/** First halves of four days and more with steps of five or ten minutes, of every series of a data directory. */
export function halfHistories(directory: string): readonly HalfHistory[] {
  return seriesUnder(path.resolve(directory)).flatMap(({ name, file }) => {
    const problem = problemOf(file);
    if (problem === undefined) return [];
    const { stepSeconds, load } = problem;
    const days = (load.length * stepSeconds) / DAY_SECONDS;
    if (stepSeconds < LEAST_STEP_SECONDS || stepSeconds > MOST_STEP_SECONDS || days < LEAST_DAYS) return [];
    return [{ name, history: { startMs: instant(0), stepMs: stepSeconds * 1000, values: load } }];
  });
}

function problemOf(file: string) {
  try {
    return firstHalf(file);
  } catch (error) {
    if (error instanceof BadInputError) return undefined;
    throw error;
  }
}
