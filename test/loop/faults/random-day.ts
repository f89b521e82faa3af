import fc from 'fast-check';
import type { FaultPoint } from '../../../adapters/memory/faults.ts';
import type { Needs } from './watched-group.ts';

/** Something that goes wrong at the first call of a point. */
export type Mishap =
  | { readonly kind: 'crash'; readonly point: FaultPoint; readonly when: 'before' | 'after'; readonly passes: number }
  | { readonly kind: 'fault'; readonly point: FaultPoint; readonly code: string; readonly when: 'before' | 'lost' };

/** What the owner does by hand. */
export type Edit =
  | { readonly kind: 'min' | 'max' | 'desired'; readonly size: number }
  | { readonly kind: 'suspend'; readonly processes: readonly string[] }
  | { readonly kind: 'order'; readonly verb: 'run' | 'freeze' | 'release' }
  | { readonly kind: 'mode'; readonly acting: boolean }
  | { readonly kind: 'untag' };

/** How the queue brings the message of a step. */
export type Arrival =
  | { readonly kind: 'once' | 'twice' | 'at once' | 'never' }
  /** And never again, whatever becomes of it. */
  | { readonly kind: 'given up' }
  /** So many steps later, after newer ones. */
  | { readonly kind: 'late'; readonly steps: number };

export interface Step {
  /** Units that the load of this step needs; null where no sample comes. */
  readonly needs: number | null;
  readonly edit: Edit | null;
  readonly mishaps: readonly Mishap[];
  readonly arrival: Arrival;
}

export interface Day {
  readonly mode: 'floor' | 'desired';
  /** Units that a model expects, step by step, over and over; null without a model. */
  readonly expected: readonly number[] | null;
  readonly steps: readonly Step[];
}

const POINTS: readonly FaultPoint[] = [
  'describe',
  'begin',
  'policies.read',
  'switches.read',
  'models.load',
  'history.read',
  'loads.read',
  'history.merge',
  'range',
  'surroundings',
  'takeUnits',
  'takeLargeChange',
  'headroom',
  'launches.recent',
  'archive.put',
  'intend',
  'claim',
  'armHome',
  'setFloor',
  'setDesired',
  'disarmHome',
  'conclude',
  'refits.request',
  'notices.send',
  'commit',
];

const CODES = ['Throttling', 'InternalFailure', 'ECONNRESET', 'ResourceContention', 'ValidationError', 'AlreadyExists'];

const point = fc.constantFrom(...POINTS);

const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  fc.record({
    kind: fc.constant('crash' as const),
    point,
    when: fc.constantFrom('before' as const, 'after' as const),
    passes: fc.nat(1),
  }),
  fc.record({
    kind: fc.constant('fault' as const),
    point,
    code: fc.constantFrom(...CODES),
    when: fc.constantFrom('before' as const, 'lost' as const),
  }),
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('min' as const), size: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ kind: fc.constant('max' as const), size: fc.integer({ min: 2, max: 40 }) }),
  fc.record({ kind: fc.constant('desired' as const), size: fc.integer({ min: 0, max: 40 }) }),
  fc.record({
    kind: fc.constant('suspend' as const),
    processes: fc.constantFrom<readonly string[]>([], [], ['Launch'], ['ScheduledActions'], ['Terminate']),
  }),
  fc.record({ kind: fc.constant('order' as const), verb: fc.constantFrom('run', 'run', 'freeze', 'release') }),
  fc.record({ kind: fc.constant('mode' as const), acting: fc.boolean() }),
  fc.constant({ kind: 'untag' } as const),
);

const arrival: fc.Arbitrary<Arrival> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ kind: 'once' } as const) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constantFrom('twice' as const, 'at once' as const, 'never' as const, 'given up' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('late' as const), steps: fc.integer({ min: 1, max: 3 }) }) },
);

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

/** A stretch of like load: so long, about so high, with or without samples. */
const stretch = fc
  .record({
    length: fc.integer({ min: 1, max: 10 }),
    level: fc.integer({ min: 1, max: 45 }),
    swing: fc.integer({ min: 0, max: 3 }),
    dark: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  })
  .map(({ length, level, swing, dark }) =>
    Array.from({ length }, (_, i) => (dark ? null : Math.max(1, level + ((i * 7) % (2 * swing + 1)) - swing))),
  );

/** Up to five hours in which everything happens that may. */
export const randomDay: fc.Arbitrary<Day> = fc.record({
  mode: fc.constantFrom('floor' as const, 'floor' as const, 'desired' as const),
  expected: sometimes(fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 12 }), 2),
  steps: fc
    .tuple(
      fc.array(stretch, { minLength: 4, maxLength: 12 }).map((stretches) => stretches.flat()),
      fc.array(fc.record({ edit: sometimes(edit, 2), mishaps: fc.array(mishap, { maxLength: 2 }), arrival }), {
        minLength: 6,
        maxLength: 60,
        size: 'max',
      }),
    )
    .map(([loads, happenings]) =>
      happenings.map((happening, i): Step => ({ needs: loads[i % loads.length] ?? null, ...happening })),
    ),
});

/** The load of a day: before noon like its first known step, after its end like its last. */
export const needsOf = ({ steps }: Day): Needs => {
  const first = steps.find(({ needs }) => needs !== null)?.needs ?? 5;
  return (minutes) => {
    if (minutes < 0) return first;
    const step = steps[Math.floor(minutes / 5)];
    return step === undefined ? first : (step.needs ?? undefined);
  };
};
