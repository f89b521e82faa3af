import { InvariantError } from '../kernel/errors.ts';
import { MinHeap } from './min-heap.ts';

/** An arc on which at least 0 and at most `room` units may flow, each at `cost`. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly room: number;
  readonly cost: number;
}

/**
 * The flow on each arc of a cheapest circulation: what flows into a node flows out of it. Whole for whole rooms; exact
 * while sums of costs along a path stay below 2^53.
 *
 * Arcs that pay are filled, which leaves nodes with too much and nodes with too little; the surplus goes along cheapest
 * residual paths, found by Dijkstra's algorithm over reduced costs and stopped at the first node that lacks something.
 * Cost: O(A·log A) for each path, less where surplus and want lie close together; at most one path for each node that
 * is filled up and each arc that is.
 * Source: Ahuja, Magnanti & Orlin, Network Flows (1993), §9.7, successive shortest paths, stopped early.
 */
export function minCostCirculation(nodes: number, arcs: readonly Arc[]): Int32Array {
  const graph = residualOf(nodes, arcs);
  const surplus = new Float64Array(nodes);
  for (const [a, { from, to, room, cost }] of arcs.entries()) {
    if (cost >= 0) continue;
    push(graph, 2 * a, room);
    surplus[to]! += room;
    surplus[from]! -= room;
  }
  const search = searchOver(graph, surplus);
  for (let node = 0; node < nodes; node++) {
    while (surplus[node]! > 0) {
      const end = search(node);
      const units = bottleneck(graph, { node, end, most: Math.min(surplus[node]!, -surplus[end]!) });
      for (let at = end; at !== node; at = graph.from[graph.reachedBy[at]!]!) push(graph, graph.reachedBy[at]!, units);
      surplus[node]! -= units;
      surplus[end]! += units;
    }
  }
  return Int32Array.from(arcs, (_, a) => graph.room[2 * a + 1]!);
}

/** Arc 2a leads along arc a, arc 2a + 1 back against what flows on it. */
interface Residual {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly room: Float64Array;
  readonly cost: Float64Array;
  /** Arcs out of a node: `leaving[first[node]] … leaving[first[node + 1] − 1]`. */
  readonly first: Int32Array;
  readonly leaving: Int32Array;
  /** The arc by which the last search reached a node. */
  readonly reachedBy: Int32Array;
}

function residualOf(nodes: number, arcs: readonly Arc[]): Residual {
  const from = Int32Array.from({ length: 2 * arcs.length }, (_, i) =>
    i % 2 === 0 ? arcs[i >> 1]!.from : arcs[i >> 1]!.to,
  );
  const to = from.map((_, i) => from[i ^ 1]!);
  const room = Float64Array.from(from, (_, i) => (i % 2 === 0 ? arcs[i >> 1]!.room : 0));
  const cost = Float64Array.from(from, (_, i) => (i % 2 === 0 ? arcs[i >> 1]!.cost : -arcs[i >> 1]!.cost));
  const first = new Int32Array(nodes + 1);
  for (const node of from) first[node + 1]!++;
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!;
  const filled = first.slice();
  const leaving = new Int32Array(from.length);
  for (const [i, node] of from.entries()) leaving[filled[node]!++] = i;
  return { from, to, room, cost, first, leaving, reachedBy: new Int32Array(nodes) };
}

function push({ room }: Residual, arc: number, units: number): void {
  room[arc]! -= units;
  room[arc ^ 1]! += units;
}

function bottleneck(
  { from, room, reachedBy }: Residual,
  { node, end, most }: { readonly node: number; readonly end: number; readonly most: number },
): number {
  let least = most;
  for (let at = end; at !== node; at = from[reachedBy[at]!]!) least = Math.min(least, room[reachedBy[at]!]!);
  return least;
}

/** What searches share: distances are infinite between two of them. */
interface Search {
  readonly graph: Residual;
  readonly potential: Float64Array;
  readonly distance: Float64Array;
  readonly heap: MinHeap;
  /** Nodes that the running search has seen. */
  readonly seen: number[];
}

/** Finds the cheapest way from a node to one that lacks something, and keeps all reduced costs at 0 or more. */
function searchOver(graph: Residual, surplus: Float64Array): (node: number) => number {
  const nodes = surplus.length;
  const distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  const search: Search = { graph, potential: new Float64Array(nodes), distance, heap: new MinHeap(), seen: [] };
  return (node) => {
    see(search, node, 0);
    const settled: number[] = [];
    let at = nextOf(search);
    while (!(surplus[at]! < 0)) {
      settled.push(at);
      relaxFrom(search, at);
      at = nextOf(search);
    }
    // Only what lies nearer than the end moves: the rest keeps its distance to it.
    for (const near of settled) search.potential[near]! += distance[near]! - distance[at]!;
    for (const seen of search.seen) distance[seen] = Number.POSITIVE_INFINITY;
    search.seen.length = 0;
    search.heap.clear();
    return at;
  };
}

function see({ distance, heap, seen }: Search, node: number, far: number): void {
  if (distance[node] === Number.POSITIVE_INFINITY) seen.push(node);
  distance[node] = far;
  heap.add(node, far);
}

/** The nearest node that is not settled. Throws `InvariantError` when none is left: rooms keep the surplus in. */
function nextOf({ distance, heap }: Search): number {
  for (;;) {
    const reached = heap.least();
    const node = heap.take();
    if (node === -1) throw new InvariantError('a circulation has no way back for what its arcs were filled with');
    if (reached <= distance[node]!) return node;
  }
}

function relaxFrom(search: Search, at: number): void {
  const { graph, potential, distance } = search;
  const { to, room, cost, first, leaving, reachedBy } = graph;
  for (let k = first[at]!; k < first[at + 1]!; k++) {
    const arc = leaving[k]!;
    if (room[arc]! <= 0) continue;
    const next = to[arc]!;
    const far = distance[at]! + cost[arc]! + potential[at]! - potential[next]!;
    if (far >= distance[next]!) continue;
    reachedBy[next] = arc;
    see(search, next, far);
  }
}
