import { InvariantError } from '../kernel/errors.ts';
import { FinishHeap } from './finish-heap.ts';

/**
 * Servers that join and leave. A free one leaves at once, a busy one when it has finished what it holds; free ones leave
 * first, and of busy ones those that joined last. One that is leaving never comes back: when the number rises again, a new
 * one joins.
 */
export class ServerPool {
  readonly #idle: number[] = [];
  readonly #busy = new FinishHeap();
  readonly #leaving = new Set<number>();
  #joined = 0;
  #standing = 0;

  /** Servers that have nothing to do. */
  get idle(): number {
    return this.#idle.length;
  }

  /** Servers that hold a request, whether they stay or leave after it. */
  get busy(): number {
    return this.#busy.size;
  }

  /** Servers that have joined and not left yet. */
  get standing(): number {
    return this.#standing;
  }

  /** When the next server is done; Infinity when none is busy. */
  get nextFinish(): number {
    return this.#busy.first?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Lets servers join or leave until so many take requests. O(change · log busy + busy where busy ones leave). */
  resize(taking: number): void {
    let excess = this.#standing - this.#leaving.size - taking;
    for (; excess < 0; excess++) this.#join();
    for (; excess > 0 && this.#idle.length > 0; excess--) {
      this.#idle.pop();
      this.#standing--;
    }
    if (excess === 0) return;
    const staying = this.#busy.servers().filter((server) => !this.#leaving.has(server));
    for (const server of staying.sort((a, b) => b - a).slice(0, excess)) this.#leaving.add(server);
  }

  /** Gives a request to a free server until then. Throws `InvariantError` when none is free. */
  start(until: number): void {
    const server = this.#idle.pop();
    if (server === undefined) throw new InvariantError('a request was started, but no server was free');
    this.#busy.push({ at: until, server });
  }

  /** The server that is done first lays its request down, and leaves if it was to. */
  finish(): void {
    const done = this.#busy.pop();
    if (done === undefined) throw new InvariantError('a request was finished, but no server was busy');
    if (this.#leaving.delete(done.server)) this.#standing--;
    else this.#idle.push(done.server);
  }

  #join(): void {
    this.#idle.push(this.#joined++);
    this.#standing++;
  }
}
