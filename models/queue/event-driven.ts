import { BadInputError } from '../kernel/errors.ts';
import { randomSource } from '../kernel/rng.ts';
import { type Level, type Levels, levelsOf } from './levels.ts';
import { MICROS, QueueRecord, type QueueRun } from './queue-record.ts';
import { ServerPool } from './server-pool.ts';
import { exponential, type ServiceLaw, serviceSampler } from './serving-law.ts';
import { needNonNegative, needPositive, needWhole } from './station.ts';

/** Looked up once, because a look-up costs more than the sum where globals are guarded. */
const { min, round } = Math;
const NEVER = Number.POSITIVE_INFINITY;

/** A queue to be run, first come first served, with room for everyone. */
export interface QueueSetUp {
  /** Poisson arrivals, requests per second; one rate, or rates that follow each other. */
  readonly arrivalRate: Levels;
  readonly service: ServiceLaw;
  /** Servers that take requests; one number, or numbers that follow each other. */
  readonly servers: Levels;
  /** How long the run lasts. */
  readonly seconds: number;
  /** How long it goes before anything is measured. @default 0 */
  readonly warmUpSeconds?: number;
  /** Same seed, same run. Arrivals and service draw from sources of their own. */
  readonly seed: number;
}

/** More requests than this are not simulated. */
const MOST_ARRIVALS = 50_000_000;

/** Sums of whole microseconds are exact below 2^53; half of that leaves room for servers that finish what they hold. */
const MOST_SERVER_MICROS = 2 ** 52;

/**
 * Runs M/G/c event by event: Poisson arrivals, independent service, one queue, servers that join and leave. Time is in
 * whole microseconds; of events in the same one, finishes come first, then changes of the servers, then arrivals.
 * Throws `BadInputError` for what cannot be run: rates, numbers or times below 0 or not finite, a warm-up as long as the
 * run, more than 50 million expected requests, more server time than whole numbers can count.
 * Cost: O((requests + changes) · log servers), about 0.5 µs a request. Source: A. M. Law, Simulation Modeling and
 * Analysis, 2015, §1.4 (next-event time advance).
 */
export function runQueue(setUp: QueueSetUp): QueueRun {
  const { rates, changes, end, warmUp } = checked(setUp);
  const pool = new ServerPool();
  const record = new QueueRecord(warmUp);
  const waiting = new Line();
  const service = serviceSampler(setUp.service, randomSource(setUp.seed * 2 + 1));
  const nextArrival = poisson(rates, randomSource(setUp.seed * 2));
  let arrival = nextArrival();
  let change = 0;

  const begin = (now: number): void => {
    while (pool.idle > 0 && waiting.length > 0) {
      const takes = round(service() * MICROS);
      record.begun(waiting.take(), takes);
      pool.start(now + takes);
    }
  };
  for (;;) {
    const changeAt = changes[change]?.at ?? NEVER;
    const now = min(pool.nextFinish, changeAt, arrival);
    if (now >= end) break;
    record.pass(now, waiting.length, pool);
    if (pool.nextFinish === now) {
      pool.finish();
      record.finished();
    } else if (changeAt === now) pool.resize(changes[change++]!.value);
    else {
      record.arrived(now);
      waiting.join(now);
      arrival = nextArrival();
    }
    begin(now);
  }
  record.pass(end, waiting.length, pool);
  return record.report({ waiting: waiting.length, inService: pool.busy });
}

/** Arrival times of those who wait, first come first served. */
class Line {
  #times: number[] = [];
  #first = 0;

  get length(): number {
    return this.#times.length - this.#first;
  }

  join(at: number): void {
    this.#times.push(at);
  }

  take(): number {
    const first = this.#times[this.#first++]!;
    if (this.#first > 1024 && 2 * this.#first > this.#times.length) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return first;
  }
}

/** Arrival times in microseconds, one after another; after the last rate of 0 none comes. */
function poisson(rates: readonly Level[], random: () => number): () => number {
  let at = 0;
  let level = 0;
  return () => {
    for (;;) {
      const until = rates[level + 1]?.fromSeconds ?? NEVER;
      const rate = rates[level]!.value;
      const next = rate > 0 ? at + exponential(1 / rate, random) : NEVER;
      if (next < until || until === NEVER) {
        at = next;
        return round(next * MICROS);
      }
      // Poisson arrivals forget, so at another rate the wait for the next one begins anew.
      at = until;
      level++;
    }
  };
}

function checked({ arrivalRate, servers, seconds, warmUpSeconds = 0, seed }: QueueSetUp) {
  needPositive('seconds', seconds);
  needNonNegative('warmUpSeconds', warmUpSeconds);
  needWhole('seed', seed, 0);
  const rates = levelsOf('arrivalRate', arrivalRate, { whole: false });
  const counts = levelsOf('servers', servers, { whole: true });
  if (!(warmUpSeconds < seconds)) {
    throw new BadInputError(`the warm-up must end before the run, got ${warmUpSeconds} s of ${seconds} s`, { seconds });
  }
  const expected = total(rates, seconds);
  if (expected > MOST_ARRIVALS) {
    throw new BadInputError(`at most ${MOST_ARRIVALS} requests can be run, got ${expected} expected ones`, {
      expected,
    });
  }
  const provided = total(counts, seconds);
  if (provided * MICROS > MOST_SERVER_MICROS) {
    throw new BadInputError(`server time must stay below 2^52 µs, got ${provided} s`, { provided });
  }
  const changes = counts.map(({ fromSeconds, value }) => ({ at: round(fromSeconds * MICROS), value }));
  return { rates, changes, end: round(seconds * MICROS), warmUp: round(warmUpSeconds * MICROS) };
}

/** Value times time over the whole run. */
const total = (levels: readonly Level[], seconds: number): number =>
  levels.reduce((sum, { fromSeconds, value }, i) => {
    const until = Math.min(seconds, levels[i + 1]?.fromSeconds ?? seconds);
    return sum + value * Math.max(0, until - fromSeconds);
  }, 0);
