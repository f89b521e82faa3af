/** Instances launched together. */
interface Cohort {
  readonly readyMs: number;
  count: number;
}

export interface Allowed {
  readonly launch: boolean;
  readonly terminate: boolean;
}

/**
 * The instances of one group, launched in cohorts: pending until their boot time has passed, then in service. Counts
 * capacity, not instances: with weights the last launch overshoots by less than one instance. O(cohorts on their way).
 */
export class Instances {
  readonly #bootMs: number;
  readonly #weight: number;
  #inService: number;
  #onTheirWay: Cohort[] = [];

  /** `capacity` is in service from the start. */
  constructor(bootSeconds: number, unitsPerInstance: number, capacity: number) {
    this.#bootMs = bootSeconds * 1000;
    this.#weight = unitsPerInstance;
    this.#inService = Math.ceil(capacity / unitsPerInstance);
  }

  /** Capacity in service and on its way at an instant, in the group's unit. */
  at(nowMs: number): { readonly inService: number; readonly pending: number } {
    this.#arrive(nowMs);
    return { inService: this.#inService * this.#weight, pending: this.#pendingCount() * this.#weight };
  }

  /** Launches what is missing and terminates whole instances that are too many: the newest first. */
  reconcile(desired: number, nowMs: number, allowed: Allowed): void {
    this.#arrive(nowMs);
    const have = (this.#inService + this.#pendingCount()) * this.#weight;
    if (desired > have && allowed.launch) {
      this.#onTheirWay.push({ readyMs: nowMs + this.#bootMs, count: Math.ceil((desired - have) / this.#weight) });
      this.#arrive(nowMs);
    }
    if (desired < have && allowed.terminate) this.#terminate(Math.floor((have - desired) / this.#weight));
  }

  #arrive(nowMs: number): void {
    while (this.#onTheirWay.length > 0 && this.#onTheirWay[0]!.readyMs <= nowMs) {
      this.#inService += this.#onTheirWay.shift()!.count;
    }
  }

  #terminate(count: number): void {
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
