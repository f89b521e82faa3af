import { metricIdentity } from '../../loop/metric-key.ts';
import type { MetricSpec } from '../../loop/policy.ts';
import type { LoadQuery, LoadReader, ReadRefusal } from '../../loop/ports.ts';
import type { Samples } from '../../models/clean/load.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { SortedSamples } from '../record/sorted-samples.ts';
import { isReadable } from './cloudwatch-refusals.ts';

interface Shelf {
  readonly samples: SortedSamples;
  /** Length of the periods in which it is published. */
  readonly periodMs: number;
  /** Why it cannot be read just now. */
  unreadable: string | undefined;
}

/**
 * The metrics of the world. A sample is seen once its period and the publication delay have passed, never before, so that
 * a whole recorded year may be published at once. Rereads at a longer period are aggregated as CloudWatch does.
 */
export class Metrics implements LoadReader {
  readonly #shelves = new Map<string, Shelf>();
  readonly #delayMs: number;
  readonly #nowMs: () => number;

  constructor(publicationDelaySeconds: number, nowMs: () => number) {
    this.#delayMs = publicationDelaySeconds * 1000;
    this.#nowMs = nowMs;
  }

  /** Writes samples of the metric's own period; a stamp written again is replaced. Statistic is ignored. */
  publish(metric: MetricSpec, samples: Samples): void {
    this.#shelf(metric).samples.merge(samples);
  }

  /** From now on every read of the metric refuses with this reason; undefined mends it. */
  breakMetric(metric: MetricSpec, reason: string | undefined): void {
    this.#shelf(metric).unreadable = reason;
  }

  async read(queries: readonly LoadQuery[]): Promise<ReadonlyMap<string, Result<Samples, ReadRefusal>>> {
    return new Map(queries.map((query) => [query.id, this.#answer(query)]));
  }

  #shelf(metric: MetricSpec): Shelf {
    const key = metricIdentity(metric);
    const known = this.#shelves.get(key);
    if (known !== undefined) return known;
    const shelf = { samples: new SortedSamples(), periodMs: metric.periodSeconds * 1000, unreadable: undefined };
    this.#shelves.set(key, shelf);
    return shelf;
  }

  #answer({ metric, fromMs, toMs }: LoadQuery): Result<Samples, ReadRefusal> {
    const shelf = this.#shelves.get(metricIdentity(metric));
    if (shelf === undefined) return accept({ timestampsMs: new Float64Array(0), values: new Float64Array(0) });
    if (shelf.unreadable !== undefined) return refuse({ kind: 'unreadable', reason: shelf.unreadable });
    const nowMs = this.#nowMs();
    const seenUntil = nowMs - shelf.periodMs - this.#delayMs;
    // A stamp exactly at `seenUntil` is out: the end of the range is exclusive, so one millisecond is added.
    const raw = shelf.samples.between(fromMs, Math.min(toMs, seenUntil + 1));
    const first = raw.timestampsMs[0];
    const readable =
      first === undefined || isReadable(first, metric.periodSeconds, nowMs)
        ? raw
        : onlyReadable(raw, metric.periodSeconds, nowMs);
    return accept(aggregated(readable, metric, shelf.periodMs));
  }
}

function onlyReadable({ timestampsMs, values }: Samples, periodSeconds: number, nowMs: number): Samples {
  const first = timestampsMs.findIndex((stamp) => isReadable(stamp, periodSeconds, nowMs));
  const from = first === -1 ? timestampsMs.length : first;
  return { timestampsMs: timestampsMs.slice(from), values: values.slice(from) };
}

type Statistic = MetricSpec['statistic'];

const FOLD: Readonly<Record<Statistic, (a: number, b: number) => number>> = {
  Sum: (a, b) => a + b,
  Average: (a, b) => a + b,
  Minimum: Math.min,
  Maximum: Math.max,
  SampleCount: (a) => a + 1,
};

/** One value per period. The usual case, samples that are already one per period, is passed through. */
function aggregated(samples: Samples, { statistic, periodSeconds }: MetricSpec, periodMs: number): Samples {
  const widthMs = periodSeconds * 1000;
  if (widthMs === periodMs && statistic !== 'SampleCount') return samples;
  const stamps: number[] = [];
  const values: number[] = [];
  const counts: number[] = [];
  const fold = FOLD[statistic];
  for (let i = 0; i < samples.timestampsMs.length; i++) {
    const stamp = Math.floor(samples.timestampsMs[i]! / widthMs) * widthMs;
    const value = samples.values[i]!;
    const k = stamps.length - 1;
    if (stamps[k] === stamp) {
      values[k] = fold(values[k]!, value);
      counts[k]!++;
    } else {
      stamps.push(stamp);
      values.push(statistic === 'SampleCount' ? 1 : value);
      counts.push(1);
    }
  }
  const finished = statistic === 'Average' ? values.map((sum, k) => sum / counts[k]!) : values;
  return { timestampsMs: Float64Array.from(stamps), values: Float64Array.from(finished) };
}
