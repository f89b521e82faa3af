import { ascending, mean, quantileOfSorted } from '../kernel/statistics.ts';
import type { ServerPool } from './server-pool.ts';

/** Mean and quantiles of times, seconds; NaN where there is none. */
export interface DelaySummary {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Requests over the whole run: arrived = finished + waiting + inService. */
export interface Census {
  readonly arrived: number;
  readonly finished: number;
  readonly waiting: number;
  readonly inService: number;
}

/** Time that servers spent, whole microseconds from the warm-up to the end: busy + idle = provided, to the bit. */
export interface ServerTime {
  readonly busyMicros: number;
  readonly idleMicros: number;
  /** From joining to leaving, so a server that finishes what it holds still counts. */
  readonly providedMicros: number;
}

/** What a run of a queue came to. Times are of requests that arrived after the warm-up and were begun, in that order. */
export interface QueueRun {
  readonly census: Census;
  /** Seconds from the warm-up to the end, over which means are taken. */
  readonly measuredSeconds: number;
  /** Requests that arrived in them, whether begun or not. */
  readonly measuredArrivals: number;
  readonly waitSeconds: Float64Array;
  readonly responseSeconds: Float64Array;
  readonly wait: DelaySummary;
  readonly response: DelaySummary;
  /** Requests that wait, in the mean over time. */
  readonly meanWaiting: number;
  /** Requests that wait or are served, in the mean over time. */
  readonly meanInSystem: number;
  readonly serverTime: ServerTime;
}

/** Microseconds in a second: the grid of time, on which sums of whole numbers are exact. */
export const MICROS = 1e6;

/** Quantiles by linear interpolation between order statistics. O(n log n). */
export function delaySummary(seconds: Float64Array): DelaySummary {
  const sorted = ascending(seconds);
  const [p50 = Number.NaN, p95 = Number.NaN, p99 = Number.NaN] = [0.5, 0.95, 0.99].map((p) =>
    quantileOfSorted(sorted, p),
  );
  return { mean: mean(seconds), p50, p95, p99 };
}

/** Adds up what happens in a queue, event by event. Times are whole microseconds. */
export class QueueRecord {
  readonly #from: number;
  readonly #waits: number[] = [];
  readonly #responses: number[] = [];
  #now = 0;
  #arrived = 0;
  #finished = 0;
  #measuredArrivals = 0;
  #waiting = 0;
  #busy = 0;
  #idle = 0;
  #provided = 0;

  constructor(fromMicros: number) {
    this.#from = fromMicros;
  }

  /** Lets time pass in which nothing changes. */
  pass(to: number, waiting: number, pool: ServerPool): void {
    const measured = Math.max(0, to - Math.max(this.#now, this.#from));
    this.#now = to;
    if (measured === 0) return;
    this.#waiting += waiting * measured;
    this.#busy += pool.busy * measured;
    this.#idle += pool.idle * measured;
    this.#provided += pool.standing * measured;
  }

  arrived(at: number): void {
    this.#arrived++;
    if (at >= this.#from) this.#measuredArrivals++;
  }

  /** A request that arrived then is begun now and takes so long. */
  begun(arrivedAt: number, service: number): void {
    if (arrivedAt < this.#from) return;
    const wait = this.#now - arrivedAt;
    this.#waits.push(wait / MICROS);
    this.#responses.push((wait + service) / MICROS);
  }

  finished(): void {
    this.#finished++;
  }

  /** The report; `waiting` and `inService` are those that are left. */
  report({ waiting, inService }: { readonly waiting: number; readonly inService: number }): QueueRun {
    const measured = this.#now - this.#from;
    const waitSeconds = Float64Array.from(this.#waits);
    const responseSeconds = Float64Array.from(this.#responses);
    return {
      census: { arrived: this.#arrived, finished: this.#finished, waiting, inService },
      measuredSeconds: measured / MICROS,
      measuredArrivals: this.#measuredArrivals,
      waitSeconds,
      responseSeconds,
      wait: delaySummary(waitSeconds),
      response: delaySummary(responseSeconds),
      meanWaiting: this.#waiting / measured,
      meanInSystem: (this.#waiting + this.#busy) / measured,
      serverTime: { busyMicros: this.#busy, idleMicros: this.#idle, providedMicros: this.#provided },
    };
  }
}
