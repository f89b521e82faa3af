import type { GappedSeries } from '../kernel/series.ts';
import { shareAbove } from '../kernel/statistics.ts';
import type { DirectModel } from './direct-model.ts';
import { locate } from './direct-regression.ts';
import { classOf, spreadOf } from './error-distribution.ts';
import { type ErrorMemory, noErrors, remembered } from './error-memory.ts';
import { addHabit, type HourHabits, habitsOf } from './hour-habits.ts';
import { averagesOf, type FeatureView, featureCount, originFeatures, sumUp, timesOfDay } from './load-features.ts';

/** Steps since the fit that room is made for at a time. */
const ROOM = 256;

/** Features exist from so many steps after the first average on. */
const FIRST_ORIGIN = 9;

/** A model's view of the load since its fit: what its features are made of, and how rough times have been. */
export interface Served {
  /** Ends with the newest known step. */
  readonly view: FeatureView;
  /** Learned from the errors at the memory's horizon, from the first origin on that has features. */
  readonly memory: ErrorMemory;
  readonly past: PastRanks;
}

/** Where the load came in the distributions that a model gave for it: what it was fitted to, it had not seen. */
export interface PastRanks {
  /** One lead: steps between a forecast and the load that it is judged by. */
  readonly leadSteps: number;
  /**
   * For each step since the fit the share of the fit's own errors, standardised, that lie below this one's: evenly spread over
   * (0, 1) as long as errors are what they were. NaN where the step is blank or nothing was forecast for it.
   */
  readonly ranks: Float64Array;
}

/**
 * The history's tail and what came since as one row of steps; blank steps carry the last known load forward.
 *
 * What was worked out for a model before is gone on from as far as the load is the same, so that a controller which sees
 * one more step each time pays for one step: the result is bit for bit that of working everything out.
 * `newest` is the index in `recent` of the newest known step; `recent` reaches back to the fit or further.
 * Cost: O(new steps · features); the first time also O(tail + memory · features).
 */
export function served(model: DirectModel, recent: GappedSeries, newest: number): Served {
  const skipped = Math.round((model.fittedAtMs - recent.startMs) / model.stepMs);
  const since = recent.values.subarray(skipped, newest + 1);
  const course = roomy(model, since.length);
  course.filled = sameUpTo(course, since);
  for (let i = course.filled; i < since.length; i++) extend(model, course, since[i]!);
  return {
    view: viewOf(model, course),
    memory: course.memories[since.length]!,
    past: { leadSteps: model.horizons[model.memoryHorizon]!.steps, ranks: course.ranks.subarray(0, since.length) },
  };
}

/** The steps of a model's tail and after it; buffers are longer than what is filled. */
interface Course {
  readonly room: number;
  readonly v: Float64Array;
  readonly sums: Float64Array;
  readonly averages: readonly Float64Array[];
  readonly habits: HourHabits;
  readonly sine: Float64Array;
  readonly cosine: Float64Array;
  /** Load since the fit as it was given. */
  readonly given: Float64Array;
  /** `memories[i]`: what is known of errors once i steps have come since the fit. */
  readonly memories: ErrorMemory[];
  /** `ranks[i]`: that of the i-th step since the fit. */
  readonly ranks: Float64Array;
  /** Steps since the fit that are worked out. */
  filled: number;
}

const courses = new WeakMap<DirectModel, Course>();

function roomy(model: DirectModel, steps: number): Course {
  const known = courses.get(model);
  if (known !== undefined && steps <= known.room) return known;
  const course = begun(model, Math.ceil((steps + 1) / ROOM) * ROOM);
  courses.set(model, course);
  return course;
}

/** The tail alone, with room for steps to come. */
function begun(model: DirectModel, room: number): Course {
  const { stepMs, averagesFrom, fittedAtMs } = model;
  const tail = Float64Array.from(model.tail);
  const v = new Float64Array(tail.length + room);
  v.set(tail);
  const sums = new Float64Array(v.length + 1);
  sumUp(tail, sums);
  const averages = averagesOf(tail, averagesFrom, model.averages).map((levels) => {
    const roomier = new Float64Array(levels.length + room);
    roomier.set(levels);
    return roomier;
  });
  const habits = habitsOf({ v: tail, sums }, stepMs, v.length);
  const known = tail.length - averagesFrom;
  const furthest = model.horizons.at(-1)?.steps ?? 0;
  const times = timesOfDay(fittedAtMs - known * stepMs, stepMs, known + room + furthest);
  const rows = { given: new Float64Array(room), ranks: new Float64Array(room) };
  const course: Course = { room, v, sums, averages, habits, ...times, ...rows, memories: [], filled: 0 };
  course.memories[0] = memoryOfTail(model, course);
  return course;
}

function memoryOfTail(model: DirectModel, course: Course): ErrorMemory {
  let memory = noErrors;
  for (let now = model.averagesFrom; now < model.tail.length; now++) memory = wiser(memory, missed(model, course, now));
  return memory;
}

/** What step `now` was off by at the memory's horizon. */
interface Missed {
  readonly origin: number;
  readonly location: number;
  readonly error: number;
}

/** Undefined where the origin has no features yet. */
function missed(model: DirectModel, course: Course, now: number): Missed | undefined {
  const { highest, horizons, memoryHorizon, averagesFrom, lagDays } = model;
  const { steps, coefficients } = horizons[memoryHorizon]!;
  const origin = now - steps;
  if (origin < averagesFrom + FIRST_ORIGIN) return undefined;
  const row = new Float64Array(featureCount(lagDays));
  const view = { ...course, from: averagesFrom, stepMs: model.stepMs, lagDays };
  originFeatures(view, origin, row);
  const location = locate(view, { t: origin, steps, highest }, coefficients, row);
  return { origin, location, error: course.v[now]! - location };
}

/** The memory once that step is known: the error of the origin whose target it is counts from here on. */
const wiser = (memory: ErrorMemory, miss: Missed | undefined): ErrorMemory =>
  miss === undefined ? memory : remembered(memory, Math.abs(miss.error));

/** Share of the fit's errors, in units of what was expected at the origin, that lie below this one. */
function rankOf({ horizons, memoryHorizon, tail }: DirectModel, { memories }: Course, miss: Missed): number {
  const horizon = horizons[memoryHorizon]!;
  const known = memories[Math.max(0, miss.origin + 1 - tail.length)]!;
  const standardised = miss.error / spreadOf(horizon, miss.location, known);
  return 1 - shareAbove(horizon.errors[classOf(horizon.edges, miss.location)]!, standardised);
}

/** Steps since the fit that were given alike before. */
function sameUpTo({ given, filled }: Course, since: Float64Array): number {
  const most = Math.min(filled, since.length);
  let i = 0;
  while (i < most && Object.is(given[i], since[i])) i++;
  return i;
}

/** Works out one more step. */
function extend(model: DirectModel, course: Course, load: number): void {
  const { v, sums, averages, given, memories, filled } = course;
  const now = model.tail.length + filled;
  given[filled] = load;
  v[now] = Number.isNaN(load) ? v[now - 1]! : Math.sqrt(Math.max(0, load) / model.unit);
  sums[now + 1] = sums[now]! + v[now]!;
  addHabit(course.habits, v[now]!, sums, now);
  const at = now - model.averagesFrom;
  const next = averagesOf(
    v.subarray(now, now + 1),
    0,
    averages.map((levels) => levels[at - 1]!),
  );
  next.forEach((levels, j) => {
    averages[j]![at] = levels[0]!;
  });
  const miss = missed(model, course, now);
  course.ranks[filled] = miss === undefined || Number.isNaN(load) ? Number.NaN : rankOf(model, course, miss);
  memories[filled + 1] = wiser(memories[filled]!, miss);
  course.filled = filled + 1;
}

function viewOf({ tail, averagesFrom, stepMs, lagDays }: DirectModel, course: Course): FeatureView {
  const { v, sums, averages, habits, sine, cosine, filled } = course;
  const end = tail.length + filled;
  return { v: v.subarray(0, end), sums, from: averagesFrom, averages, habits, sine, cosine, stepMs, lagDays };
}
