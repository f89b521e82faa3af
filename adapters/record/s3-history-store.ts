import type { HistoryKey, HistoryStore, LedgerRange, Version } from '../../loop/ports.ts';
import type { Samples } from '../../models/clean/load.ts';
import { AwsCallError } from '../aws/aws-call-error.ts';
import type { Objects } from './bucket.ts';
import { EtagCache, type Trust } from './etag-cache.ts';
import { historyOf, historyText } from './history-document.ts';
import { dayObject } from './object-keys.ts';
import { SortedSamples } from './sorted-samples.ts';
import type { UnreadableNotice } from './unreadable.ts';

const DAY_MS = 86_400_000;

/** Days of history in the warm process: 5 KB each at a sample in five minutes. */
const CACHED_DAYS = 2000;

/** Writers of one day at a time are few: the groups of one workload, and its fit. */
const TRIES = 8;

/**
 * Load histories in S3, one object for each UTC day of a metric, so that a tick reads the days it needs and rewrites the
 * newest. Writers of the same day never lose each other's samples: an object is replaced only over the version that was
 * read. A day that cannot be read is told and counts as empty, because CloudWatch still has it. For the same reason a tick
 * may read what it has seen of a day a while ago: what others have stored since, its delta read brings all the same.
 */
export class S3HistoryStore implements HistoryStore {
  readonly #bucket: Objects;
  readonly #days: EtagCache<Samples>;

  constructor(bucket: Objects, unreadable: UnreadableNotice, trust?: Trust) {
    this.#bucket = bucket;
    this.#days = new EtagCache(
      bucket,
      (text, key) => {
        const samples = historyOf(text);
        if (samples === undefined) unreadable(key, 'not a day of history of version 1');
        return samples;
      },
      CACHED_DAYS,
      trust,
    );
  }

  async read(key: HistoryKey, { fromMs, toMs }: LedgerRange, version: Version = 'newest'): Promise<Samples> {
    const days = await Promise.all(
      daysBetween(fromMs, toMs).map((dayMs) => this.#days.read(dayObject(key, dayMs), version)),
    );
    const all = new SortedSamples();
    for (const { value } of days) if (value !== undefined) all.merge(value);
    return all.between(fromMs, toMs);
  }

  async merge(key: HistoryKey, samples: Samples): Promise<void> {
    const days = new Map<number, { stamps: number[]; values: number[] }>();
    for (const [i, stamp] of samples.timestampsMs.entries()) {
      const dayMs = Math.floor(stamp / DAY_MS) * DAY_MS;
      // JSON has no word for what is not finite, and a load that is not finite is none.
      if (!Number.isFinite(samples.values[i])) continue;
      const day = days.get(dayMs) ?? { stamps: [], values: [] };
      day.stamps.push(stamp);
      day.values.push(samples.values[i]!);
      days.set(dayMs, day);
    }
    await Promise.all(
      [...days].map(([dayMs, { stamps, values }]) =>
        this.#mergeDay(dayObject(key, dayMs), {
          timestampsMs: Float64Array.from(stamps),
          values: Float64Array.from(values),
        }),
      ),
    );
  }

  async #mergeDay(object: string, samples: Samples): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { value, etag } = await this.#days.read(object, tries === 0 ? 'lately' : 'newest');
      const merged = new SortedSamples();
      if (value !== undefined) merged.merge(value);
      merged.merge(samples);
      const day = merged.between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      const condition = etag === undefined ? ({ ifAbsent: true } as const) : { ifEtag: etag };
      const put = await this.#bucket.put(object, historyText(day), condition);
      if (put.kind === 'written') return this.#days.store(object, put.etag, day);
    }
    const facts = { code: 'AWS_CALL', retryable: true, detail: { object, tries: TRIES } } as const;
    throw new AwsCallError(`${object}: ${TRIES} writes met another writer each time`, facts);
  }
}

/** Starts of the UTC days that [fromMs, toMs) touches. */
function daysBetween(fromMs: number, toMs: number): readonly number[] {
  const first = Math.floor(fromMs / DAY_MS) * DAY_MS;
  const count = toMs <= fromMs ? 0 : Math.ceil((toMs - first) / DAY_MS);
  return Array.from({ length: count }, (_, i) => first + i * DAY_MS);
}
