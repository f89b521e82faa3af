import type { Version } from '../../loop/ports.ts';
import type { Found, Objects } from './bucket.ts';

interface Cached<T> {
  readonly etag: string;
  readonly value: T;
  /** When this version was last known to be the newest. */
  readonly seenMs: number;
}

/** How long an `EtagCache` takes a version for the newest. */
export interface Trust {
  /** With zero milliseconds every read asks the bucket. */
  readonly trustedMs: number;
  readonly nowMs: () => number;
}

const NO_TRUST: Trust = { trustedMs: 0, nowMs: () => 0 };

/** What became of a read: the object as parsed and its version, or nothing. */
export interface Known<T> {
  readonly value: T | undefined;
  /** Undefined when there is no object. */
  readonly etag: string | undefined;
}

/**
 * Parsed objects of one kind, kept in the warm process by ETag: an object that has not changed is neither sent nor parsed
 * again, and one that was looked at within the trust is not even asked for where the reader allows it. Holds the `limit` objects that were stored
 * last.
 */
export class EtagCache<T> {
  readonly #cached = new Map<string, Cached<T>>();
  readonly #bucket: Objects;
  readonly #parse: (text: string, key: string) => T | undefined;
  readonly #limit: number;
  readonly #trust: Trust;

  /** `parse` gives undefined for a text that cannot be used; such an object counts as there, without a value. */
  constructor(
    bucket: Objects,
    parse: (text: string, key: string) => T | undefined,
    limit: number,
    trust: Trust = NO_TRUST,
  ) {
    this.#bucket = bucket;
    this.#parse = parse;
    this.#limit = limit;
    this.#trust = trust;
  }

  /** The object as the bucket has it now, or where `lately` will do, as it was seen within the trust. */
  async read(key: string, version: Version = 'newest'): Promise<Known<T>> {
    const cached = this.#cached.get(key);
    const seenMs = this.#trust.nowMs();
    const age = cached === undefined ? Number.POSITIVE_INFINITY : seenMs - cached.seenMs;
    // A clock that was set back makes nothing young.
    if (version === 'lately' && cached !== undefined && age >= 0 && age < this.#trust.trustedMs) return cached;
    const found = await this.#bucket.get(key, cached?.etag);
    // What was stored meanwhile is newer than this answer may be.
    const unmoved = this.#cached.get(key) === cached;
    if (found.kind === 'unchanged' && cached !== undefined) {
      if (unmoved) this.#cached.set(key, { ...cached, seenMs });
      return cached;
    }
    return this.#learn(key, found, unmoved);
  }

  /** Remembers what was just written. */
  store(key: string, etag: string, value: T): void {
    this.#cached.delete(key);
    this.#cached.set(key, { etag, value, seenMs: this.#trust.nowMs() });
    const [oldest] = this.#cached.keys();
    if (this.#cached.size > this.#limit && oldest !== undefined) this.#cached.delete(oldest);
  }

  #learn(key: string, found: Found, keep: boolean): Known<T> {
    if (keep) this.#cached.delete(key);
    if (found.kind !== 'found') return { value: undefined, etag: undefined };
    const value = this.#parse(found.text, key);
    if (value !== undefined && keep) this.store(key, found.etag, value);
    return { value, etag: found.etag };
  }
}
