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
  /** A clock that never goes back. */
  readonly nowMs: () => number;
}

/** Trust by the process's own clock. */
export const trustFor = (trustedMs: number): Trust => ({ trustedMs, nowMs: () => performance.now() });

/** What became of a read: the object as parsed and its version, or nothing. */
export interface Known<T> {
  readonly value: T | undefined;
  /** Undefined when there is no object. */
  readonly etag: string | undefined;
}

/**
 * Parsed objects of one kind, kept in the warm process by ETag: an object that has not changed is neither sent nor parsed
 * again, and one that was looked at within `trustedMs` is not even asked for. Holds the `limit` objects that were stored
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
    trust: Trust = trustFor(0),
  ) {
    this.#bucket = bucket;
    this.#parse = parse;
    this.#limit = limit;
    this.#trust = trust;
  }

  /** What is known of an object; the bucket is asked unless that was done a moment ago. */
  async read(key: string): Promise<Known<T>> {
    const cached = this.#cached.get(key);
    const { trustedMs, nowMs } = this.#trust;
    if (cached !== undefined && nowMs() - cached.seenMs < trustedMs) return cached;
    return this.readAnew(key);
  }

  /** The object as the bucket has it now. */
  async readAnew(key: string): Promise<Known<T>> {
    const cached = this.#cached.get(key);
    const seenMs = this.#trust.nowMs();
    const found = await this.#bucket.get(key, cached?.etag);
    if (found.kind === 'unchanged' && cached !== undefined) {
      if (this.#cached.get(key) === cached) this.#cached.set(key, { ...cached, seenMs });
      return cached;
    }
    return this.#learn(key, found);
  }

  /** Remembers what was just written. */
  store(key: string, etag: string, value: T): void {
    this.#cached.delete(key);
    this.#cached.set(key, { etag, value, seenMs: this.#trust.nowMs() });
    const [oldest] = this.#cached.keys();
    if (this.#cached.size > this.#limit && oldest !== undefined) this.#cached.delete(oldest);
  }

  #learn(key: string, found: Found): Known<T> {
    this.#cached.delete(key);
    if (found.kind !== 'found') return { value: undefined, etag: undefined };
    const value = this.#parse(found.text, key);
    if (value !== undefined) this.store(key, found.etag, value);
    return { value, etag: found.etag };
  }
}
