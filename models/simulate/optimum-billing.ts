import { type Arc, minCostCirculation } from './min-cost-circulation.ts';
import type { OptimumLimits } from './optimum-options.ts';
import type { Replay } from './scaling-problem.ts';

/**
 * Units held in one cheapest sequence when each launched unit is paid for at least `limits.owed` ≥ 2 steps from the one
 * on at which it is ready.
 *
 * What is paid for can as well be kept, so no unit is let go while it owes; then a sequence is a set of stretches of
 * time, each at least so long, and n_t counts those that cover step t. Columns of consecutive ones make a network: the
 * beginnings of steps are nodes, stretches lead forward at D each, and n_t leads back over its step at the step's own
 * price, which is convex. A cheapest circulation is a cheapest sequence, and whole. A loss ends all stretches, and what
 * they still owe is paid at once; so the time between two losses is a network of its own. The end of the replay ends
 * them too, with nothing more to pay.
 * Exact for whole p. Cost: that of `minCostCirculation` with about 2·T nodes and 6·T arcs.
 * Source: Veinott & Wagner, Optimal Capacity Scheduling, Operations Research 10(4), 1962 (capacity bought for stretches
 * of time as a network); Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 9 (programs with consecutive ones).
 */
export function cheapestOwing(problem: Replay, limits: OptimumLimits): Int32Array {
  const steps = limits.floor.length;
  const capacity = new Int32Array(steps);
  let from = 0;
  let standing = limits.start;
  for (let to = 1; to <= steps; to++) {
    const isLoss = to < steps && limits.availability?.lost[to] === 1;
    if (from === 0 && limits.availability?.lost[0] === 1) standing = 0;
    if (to < steps && !isLoss) continue;
    capacity.set(between(problem, limits, { from, to, standing, isLoss }), from);
    from = to;
    standing = 0;
  }
  return capacity;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Units that stand at its beginning and owe nothing. */
  readonly standing: number;
  /** Whether it ends with the loss of all units. */
  readonly isLoss: boolean;
}

function between(problem: Replay, limits: OptimumLimits, stretch: Stretch): Int32Array {
  const { from, to } = stretch;
  const length = to - from;
  const held: Arc[] = [];
  const stepOf: number[] = [];
  for (let i = 0; i < length; i++) {
    for (const piece of piecesOf(problem, limits, from + i)) {
      held.push({ from: i + 1, to: i, ...piece });
      stepOf.push(i);
    }
  }
  const flow = minCostCirculation(2 * (length + 1), [...held, ...stretchArcs(problem, limits, stretch)]);
  const capacity = new Int32Array(length);
  for (const [a, i] of stepOf.entries()) capacity[i]! += flow[a]!;
  return capacity;
}

/** What the first, the next and the last units held at a step cost, each unit less than the one after it. */
function piecesOf(problem: Replay, { floor, top }: OptimumLimits, i: number): readonly Pick<Arc, 'room' | 'cost'>[] {
  const { need, blank, scoreFrom, penalty } = problem;
  const wanted = blank[scoreFrom + i] === 1 ? 0 : Math.min(top, need[scoreFrom + i]!);
  // No way around a unit that must be held is as dear as this.
  const must = (1 + penalty + problem.bootSteps) * 4 * (floor.length + 1);
  const pieces: Pick<Arc, 'room' | 'cost'>[] = [];
  let below = 0;
  for (const until of [Math.min(wanted, floor[i]!), Math.max(wanted, floor[i]!), top]) {
    const cost = (below < wanted ? 1 - penalty : 1) - (below < floor[i]! ? must : 0);
    if (until > below) pieces.push({ room: until - below, cost });
    below = until;
  }
  return pieces;
}

/** Node i is the beginning of a stretch's step i; node i + length + 1 holds units that may be let go then. */
function stretchArcs({ bootSteps }: Replay, limits: OptimumLimits, stretch: Stretch): readonly Arc[] {
  const { from, to, standing, isLoss } = stretch;
  const length = to - from;
  const free = (i: number): number => i + length + 1;
  const arcs: Arc[] = [{ from: 0, to: free(0), room: standing, cost: 0 }];
  for (let i = 0; i <= length; i++) {
    arcs.push({ from: free(i), to: i, room: limits.top, cost: 0 });
    if (i === length) break;
    arcs.push({ from: free(i), to: free(i + 1), room: limits.top, cost: 0 });
    if (limits.availability?.launchable[from + i] === 0) continue;
    const until = i + limits.owed;
    const cost = bootSteps + (isLoss ? Math.max(0, until - length) : 0);
    arcs.push({ from: i, to: free(Math.min(until, length)), room: limits.top, cost });
  }
  return arcs;
}

/**
 * Unit-steps paid for units no longer held, when the oldest are always let go first, which owes least; the initial fleet
 * owes nothing. O(steps + launches).
 */
export function owedFor(capacity: Int32Array, { start, owed, availability }: OptimumLimits): number {
  const readyAt: number[] = [];
  let oldest = 0;
  let old = start;
  let due = 0;
  for (const [i, n] of capacity.entries()) {
    const kept = availability?.lost[i] === 1 ? 0 : n;
    let leaving = old + readyAt.length - oldest - kept;
    while (leaving-- > 0) {
      if (old > 0) old--;
      else due += Math.max(0, owed - (i - readyAt[oldest++]!));
    }
    while (old + readyAt.length - oldest < n) readyAt.push(i);
  }
  return due;
}
