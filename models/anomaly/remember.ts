import { endOf, type Series } from '../kernel/series.ts';
import { AnomalyDetector, type Finding } from './detector.ts';
import { type DetectorMemory, MEMORY_VERSION } from './memory.ts';

/** At most so many of the newest values are looked at; what a score depends on beyond its memory is shorter. */
const MOST_VALUES = 96;

/** What is usual in a history, to hold later values against; undefined where it is too short to tell. O(n), 2 µs a value. */
export function remember(history: Series): DetectorMemory | undefined {
  const detector = new AnomalyDetector();
  const { values, startMs, stepMs } = history;
  for (let i = 0; i < values.length; i++) detector.observe(startMs + i * stepMs, values[i]!);
  return detector.memory(endOf(history));
}

/**
 * What a detector that knew the history says of the last value of a series; NaN is passed over. Undefined where all of it
 * lies in the history, and for a memory of another version. Cost: 0.1 ms and less.
 */
export function newestAgainst(memory: DetectorMemory, { values, startMs, stepMs }: Series): Finding | undefined {
  const after = Math.max(0, Math.ceil((memory.untilMs - startMs) / stepMs), values.length - MOST_VALUES);
  if (after >= values.length || memory.version !== MEMORY_VERSION) return undefined;
  const detector = AnomalyDetector.from(memory);
  let finding: Finding | undefined;
  for (let i = after; i < values.length; i++) finding = detector.observe(startMs + i * stepMs, values[i]!);
  return finding;
}
