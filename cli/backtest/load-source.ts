import type { GappedSeries } from '../../models/kernel/series.ts';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import { number } from '../page/format.ts';
import { readTrace, type Trace } from '../trace.ts';
import { lineOfStep } from './line-of-step.ts';
import { FILE_DEFAULTS } from './problem-flags.ts';

/** A load to replay, and what holds for it unless flags say otherwise. */
export interface LoadSource {
  /** A file's path or a group's name, as the person gave it. */
  readonly trace: string;
  readonly series: GappedSeries;
  /** False when the load counts from its own start, so that its dates mean nothing. */
  readonly dated: boolean;
  readonly defaults: ProblemOptions;
  /** What was repaired or left out while it was read, one sentence each. */
  readonly repairs: readonly string[];
  /** Where a person finds a step of the series, in words: a file's line, or a time. */
  readonly whereIs: (step: number) => string;
}

/** Reads a load from a file; throws as `readTrace` does. */
export function loadFromFile(trace: string, column: string | undefined): LoadSource {
  const read = readTrace(trace, column === undefined ? {} : { column });
  return {
    trace,
    series: read.series,
    dated: read.dated,
    defaults: FILE_DEFAULTS,
    repairs: repairsOf(read),
    whereIs: (step) => lineOfStep(trace, read.series, step),
  };
}

const repairsOf = ({ duplicates }: Trace): readonly string[] =>
  duplicates === 0 ? [] : [`${number(duplicates)} row(s) are repeated by a later one of the same stamp, which counts`];
