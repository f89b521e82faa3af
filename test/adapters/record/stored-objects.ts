import type { Condition, Found, Objects, Written } from '../../../adapters/record/bucket.ts';

/** Objects in memory that obey conditions as S3 does, and keep what they were asked. */
export class StoredObjects implements Objects {
  readonly texts = new Map<string, string>();
  readonly #versions = new Map<string, number>();
  readonly asked: (readonly [key: string, knownEtag: string | undefined])[] = [];
  /** Called before each write: what another writer does meanwhile. */
  meanwhile: (key: string) => void = () => {};

  write(key: string, text: string): string {
    const version = (this.#versions.get(key) ?? 0) + 1;
    this.#versions.set(key, version);
    this.texts.set(key, text);
    return `"${version}"`;
  }

  async get(key: string, knownEtag?: string): Promise<Found> {
    this.asked.push([key, knownEtag]);
    const text = this.texts.get(key);
    if (text === undefined) return { kind: 'absent' };
    const etag = this.#etag(key);
    return etag === knownEtag ? { kind: 'unchanged' } : { kind: 'found', text, etag };
  }

  async put(key: string, text: string, condition: Condition = 'always'): Promise<Written> {
    this.meanwhile(key);
    const there = this.texts.has(key);
    const holds =
      condition === 'always' || ('ifAbsent' in condition ? !there : there && this.#etag(key) === condition.ifEtag);
    return holds ? { kind: 'written', etag: this.write(key, text) } : { kind: 'conflict' };
  }

  #etag(key: string): string {
    return `"${this.#versions.get(key)}"`;
  }
}
