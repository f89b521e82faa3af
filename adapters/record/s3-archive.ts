import type { Archive } from '../../loop/ports.ts';
import { addressOf } from './address-of.ts';
import type { Objects } from './bucket.ts';
import { DocumentError } from './document.ts';
import { archiveObject } from './object-keys.ts';

const ADDRESS = /^[0-9a-f]{64}$/;

/** The archive in S3. An address that is there already holds this very text, so that writing it again is no conflict. */
export class S3Archive implements Archive {
  readonly #bucket: Objects;

  constructor(bucket: Objects) {
    this.#bucket = bucket;
  }

  async put(text: string): Promise<string> {
    const address = addressOf(text);
    await this.#bucket.put(archiveObject(address), text, { ifAbsent: true });
    return address;
  }

  /** Undefined when nothing has that address. Throws `DocumentError` when what is kept there is not what was written. */
  async get(address: string): Promise<string | undefined> {
    if (!ADDRESS.test(address)) return undefined;
    const found = await this.#bucket.get(archiveObject(address));
    if (found.kind !== 'found') return undefined;
    if (addressOf(found.text) === address) return found.text;
    throw new DocumentError(`archive: what is kept at ${address} has another digest`, { address });
  }
}
