import type { MemoryGroup } from '../../../adapters/memory/group.ts';
import type { World } from '../../../adapters/memory/world.ts';
import type { GroupActor, Ports, ScheduledAction } from '../../../loop/ports.ts';
import type { GroupSizes } from '../../../models/simulate/environment/aws-refusals.ts';

/** A write to the group that was tried, whatever came of it. */
export interface Attempt {
  readonly asOfMs: number;
  readonly what: 'claim' | 'arm' | 'floor' | 'desired' | 'disarm' | 'disown';
  /** The absolute size that was to be written; for `arm` the MinSize that it restores. */
  readonly target: number | undefined;
  readonly minBefore: number;
  readonly minAfter: number;
  readonly desiredBefore: number;
  readonly desiredAfter: number;
  readonly armedBefore: boolean;
}

/** Looks at one group after every single write that the loop tries, and notes what must never be seen. */
export interface Watch {
  readonly attempts: Attempt[];
  /** Broken promises, one sentence each; empty as long as all is well. */
  readonly violations: string[];
  /** The MinSize that we did not write last: where the owner wants the group at least. */
  readonly ownMin: () => number;
  /** To be called after anything but a write of ours may have changed the group. */
  readonly look: () => void;
  /** The same ports; every write of the tick at that time is watched. */
  readonly over: (ports: Ports, asOfMs: number) => Ports;
}

/** The group right after a write. */
interface View {
  readonly attempt: Attempt;
  readonly earlier: readonly Attempt[];
  readonly sizes: GroupSizes;
  readonly homes: readonly ScheduledAction[];
  readonly ownMin: number;
  readonly headroom: number;
  readonly nowMs: number;
}

const moved = ({ what, minBefore, minAfter }: Attempt): boolean => what === 'floor' && minAfter !== minBefore;
const isSize = ({ what }: Attempt): boolean => what === 'floor' || what === 'desired';

/** What holds after every single write, however the tick ends. */
const PROMISES: readonly { readonly promise: string; readonly broken: (view: View) => boolean }[] = [
  {
    promise: 'no write leaves the floor above home without a switch',
    broken: ({ attempt, sizes, ownMin, homes }) =>
      sizes.min > ownMin && homes.length === 0 && (attempt.armedBefore || moved(attempt)),
  },
  { promise: 'one switch at most', broken: ({ homes }) => homes.length > 1 },
  { promise: 'a switch lies ahead', broken: ({ homes, nowMs }) => homes.some(({ startMs }) => startMs <= nowMs) },
  {
    promise: 'a raise has a switch that restores what the owner wants',
    broken: ({ attempt, sizes, ownMin, homes }) =>
      moved(attempt) && sizes.min > attempt.minBefore && sizes.min > ownMin && homes[0]?.minSize !== ownMin,
  },
  {
    promise: 'the floor is never below what the owner wants',
    broken: ({ attempt, sizes, ownMin }) => moved(attempt) && sizes.min < ownMin,
  },
  {
    promise: 'the floor leaves the headroom below MaxSize',
    broken: ({ attempt, sizes, ownMin, headroom }) =>
      moved(attempt) && sizes.min > Math.max(ownMin, sizes.max - headroom),
  },
  {
    promise: 'the desired capacity is within the bounds',
    broken: ({ sizes: { min, max, desired } }) => desired < min || desired > max,
  },
  {
    promise: 'no tick writes after a newer one has written',
    broken: ({ attempt, earlier }) => earlier.some(({ asOfMs }) => asOfMs > attempt.asOfMs),
  },
  {
    promise: 'one tick has one size',
    broken: ({ attempt, earlier }) =>
      isSize(attempt) &&
      earlier.some((e) => e.asOfMs === attempt.asOfMs && e.what === attempt.what && e.target !== attempt.target),
  },
];

/** Begins to watch a group that nobody has touched yet. `headroom` as in the policy. */
export function watchOver(world: World, group: MemoryGroup, headroom: number): Watch {
  const attempts: Attempt[] = [];
  const violations: string[] = [];
  let ownMin = group.sizes.min;
  let seenMin = group.sizes.min;
  const homes = () => group.surroundings().scheduledActions.filter(({ name }) => name.startsWith('prescale'));

  const judge = (attempt: Attempt): void => {
    const view = {
      attempt,
      earlier: attempts,
      sizes: group.sizes,
      homes: homes(),
      ownMin,
      headroom,
      nowMs: world.nowMs,
    };
    for (const { broken, promise } of PROMISES) {
      if (broken(view)) violations.push(`${promise}: broken by ${JSON.stringify(attempt)} over a base of ${ownMin}`);
    }
  };

  const watched =
    (asOfMs: number) =>
    async <T>(what: Attempt['what'], target: number | undefined, write: () => Promise<T>): Promise<T> => {
      const before = group.sizes;
      const armedBefore = homes().length > 0;
      try {
        return await write();
      } finally {
        const after = group.sizes;
        seenMin = after.min;
        const [minBefore, minAfter, desiredBefore, desiredAfter] = [
          before.min,
          after.min,
          before.desired,
          after.desired,
        ];
        const attempt = { asOfMs, what, target, minBefore, minAfter, desiredBefore, desiredAfter, armedBefore };
        judge(attempt);
        attempts.push(attempt);
      }
    };

  return {
    attempts,
    violations,
    ownMin: () => ownMin,
    look: () => {
      if (group.sizes.min !== seenMin) ownMin = group.sizes.min;
      seenMin = group.sizes.min;
    },
    over: (ports, asOfMs) => ({ ...ports, actor: watchedActor(ports.actor, watched(asOfMs)) }),
  };
}

type Watching = <T>(what: Attempt['what'], target: number | undefined, write: () => Promise<T>) => Promise<T>;

const watchedActor = (actor: GroupActor, seen: Watching): GroupActor => ({
  setFloor: (group, size) => seen('floor', size, () => actor.setFloor(group, size)),
  setDesired: (group, size) => seen('desired', size, () => actor.setDesired(group, size)),
  armHome: (group, home) => seen('arm', home.minSize, () => actor.armHome(group, home)),
  disarmHome: (group, name) => seen('disarm', undefined, () => actor.disarmHome(group, name)),
  claim: (group, owner) => seen('claim', undefined, () => actor.claim(group, owner)),
  disown: (group) => seen('disown', undefined, () => actor.disown(group)),
});
