import { endOf, type Series } from '../kernel/series.ts';
import { AnomalyDetector, type Finding } from './detector.ts';
import { type DetectorMemory, MEMORY_VERSION } from './memory.ts';

/** What is looked at is at least so many of the newest values, and less than twice as many: a score depends on less. */
const BLOCK = 96;

/** What is usual in a history, to hold later values against; undefined where it is too short to tell. O(n), 2 µs a value. */
export function remember(history: Series): DetectorMemory | undefined {
  const detector = new AnomalyDetector();
  const { values, startMs, stepMs } = history;
  for (let i = 0; i < values.length; i++) detector.observe(startMs + i * stepMs, values[i]!);
  return detector.memory(endOf(history));
}

/**
 * What a detector that knew the history says of the last value of a series; NaN is passed over. Undefined where all of it
 * lies in the history, and for a memory of another version.
 *
 * A detector that was asked before goes on from there as long as the series is the same, so that a controller which sees
 * one more value each time pays for one: the finding is bit for bit that of beginning anew.
 * Cost: at most 0.1 ms and 192 values of 2 µs; of those seen before a comparison.
 */
export function newestAgainst(memory: DetectorMemory, { values, startMs, stepMs }: Series): Finding | undefined {
  const earliest = Math.max(0, Math.ceil((memory.untilMs - startMs) / stepMs));
  if (earliest >= values.length || memory.version !== MEMORY_VERSION) return undefined;
  // By blocks, so that the next value finds the same beginning but once in a block.
  const first = earliest + BLOCK * Math.max(0, Math.floor((values.length - 1 - earliest) / BLOCK) - 1);
  const since = values.subarray(first);
  const grid = { startMs: startMs + first * stepMs, stepMs };
  const course = standing(memory, grid, since) ?? { ...grid, detector: AnomalyDetector.from(memory), seen: [] };
  courses.set(memory, course);
  const { detector, seen } = course;
  for (let i = seen.length; i < since.length; i++) {
    course.finding = detector.observe(grid.startMs + i * stepMs, since[i]!);
    seen.push(since[i]!);
  }
  return course.finding;
}

/** A detector that has gone on from a memory, and what it has seen since. */
interface Course {
  readonly startMs: number;
  readonly stepMs: number;
  readonly detector: AnomalyDetector;
  readonly seen: number[];
  /** Of the last value seen. */
  finding?: Finding;
}

const courses = new WeakMap<DetectorMemory, Course>();

/** The course of this memory, where what it has seen is what the series begins with. */
function standing(
  memory: DetectorMemory,
  { startMs, stepMs }: Pick<Course, 'startMs' | 'stepMs'>,
  since: Float64Array,
): Course | undefined {
  const course = courses.get(memory);
  if (course === undefined || course.startMs !== startMs || course.stepMs !== stepMs) return undefined;
  const same = course.seen.length <= since.length && course.seen.every((value, i) => Object.is(value, since[i]));
  return same ? course : undefined;
}
