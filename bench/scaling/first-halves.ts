import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readTrace } from '../../cli/trace.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The shipped data directory. */
export const SHIPPED = path.join(ROOT, 'data');

/** Folders of a data directory that hold loads of scaling groups. */
const ROOMS = ['web', 'cpu', 'llm', 'nab'] as const;

/** Traces may be known by their name alone, or by it and the step. */
const ENDINGS = ['_1min.csv.gz', '_5min.csv.gz', '_10min.csv.gz', '.csv.gz'] as const;

/** A reference series and where its trace lies; undefined where the directory does not have it. */
export interface ReferenceTrace {
  readonly name: string;
  readonly file: string | undefined;
}

/** The series of the reference table, in its order, as far as a data directory has them. */
export function referenceTraces(directory: string): readonly ReferenceTrace[] {
  const text = readFileSync(path.join(ROOT, 'data/reference/scaling-reference.json'), 'utf8');
  const { series } = JSON.parse(text) as { series: readonly { name: string }[] };
  return series.map(({ name }) => {
    const places = ROOMS.flatMap((room) => ENDINGS.map((ending) => path.join(directory, room, name + ending)));
    return { name, file: places.find((place) => existsSync(place)) };
  });
}

/**
 * The scaling problem of a trace's first half: decisions are scored in its second quarter, and nothing of its second half
 * is read. Throws `BadInputError` where that is no problem.
 */
export function firstHalf(file: string): ScalingProblem {
  const { series } = readTrace(file);
  const values = series.values.slice(0, Math.floor(series.values.length / 2));
  const problem = scalingProblem({ ...series, values });
  if (problem.ok) return problem.value;
  throw new BadInputError(`the first half of ${file} is no scaling problem: ${problem.refusal.kind}`);
}
