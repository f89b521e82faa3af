/** Instances launched together. */
interface Cohort {
  readonly launchedMs: number;
  readonly readyMs: number;
  count: number;
}

/** Instances that came into service together. */
export type Boot = Readonly<Cohort>;

export interface Allowed {
  readonly launch: boolean;
  readonly terminate: boolean;
}

/** More boots than anybody looks at. */
const BOOTS_KEPT = 100;

/**
 * The instances of one group, launched in cohorts: pending until their boot time has passed, then in service. Counts
 * capacity, not instances: with weights the last launch overshoots by less than one instance. O(cohorts on their way).
 */
export class Instances {
  /** From launch to in service, of instances launched from now on. */
  bootMs: number;
  /** Instances that the account can still launch. What is terminated makes room again. */
  room = Number.POSITIVE_INFINITY;
  /** Cohorts that came into service, oldest first; the newest hundred. */
  readonly boots: Boot[] = [];
  readonly #weight: number;
  #inService: number;
  #onTheirWay: Cohort[] = [];

  /** `capacity` is in service from the start. */
  constructor(bootSeconds: number, unitsPerInstance: number, capacity: number) {
    this.bootMs = bootSeconds * 1000;
    this.#weight = unitsPerInstance;
    this.#inService = Math.ceil(capacity / unitsPerInstance);
  }

  /** Capacity in service and on its way at an instant, in the group's unit. */
  at(nowMs: number): { readonly inService: number; readonly pending: number } {
    this.#arrive(nowMs);
    return { inService: this.#inService * this.#weight, pending: this.#pendingCount() * this.#weight };
  }

  /**
   * Launches what is missing, as far as there is room, and terminates whole instances that are too many: the newest
   * first. Returns how many instances there was no room for.
   */
  reconcile(desired: number, nowMs: number, allowed: Allowed): number {
    this.#arrive(nowMs);
    const have = (this.#inService + this.#pendingCount()) * this.#weight;
    if (desired > have && allowed.launch) return this.#launch(Math.ceil((desired - have) / this.#weight), nowMs);
    if (desired < have && allowed.terminate) this.#terminate(Math.floor((have - desired) / this.#weight));
    return 0;
  }

  #launch(wanted: number, nowMs: number): number {
    const count = Math.min(wanted, this.room);
    this.room -= count;
    if (count > 0) {
      // One that is launched later may be ready earlier, where boots have become faster.
      this.#onTheirWay.push({ launchedMs: nowMs, readyMs: nowMs + this.bootMs, count });
      this.#onTheirWay.sort((a, b) => a.readyMs - b.readyMs);
      this.#arrive(nowMs);
    }
    return wanted - count;
  }

  #arrive(nowMs: number): void {
    while (this.#onTheirWay.length > 0 && this.#onTheirWay[0]!.readyMs <= nowMs) {
      const arrived = this.#onTheirWay.shift()!;
      this.#inService += arrived.count;
      this.boots.push(arrived);
      if (this.boots.length > BOOTS_KEPT) this.boots.shift();
    }
  }

  #terminate(count: number): void {
    this.room += count;
    let left = count;
    while (left > 0 && this.#onTheirWay.length > 0) {
      const newest = this.#onTheirWay.at(-1)!;
      const taken = Math.min(left, newest.count);
      newest.count -= taken;
      left -= taken;
      if (newest.count === 0) this.#onTheirWay.pop();
    }
    this.#inService -= left;
  }

  #pendingCount(): number {
    let count = 0;
    for (const cohort of this.#onTheirWay) count += cohort.count;
    return count;
  }
}
