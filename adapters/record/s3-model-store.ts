import { z } from 'zod';
import type { ModelKey, ModelStore, StoredModel, Version } from '../../loop/ports.ts';
import type { Objects } from './bucket.ts';
import { EtagCache, type Trust } from './etag-cache.ts';
import { jsonOf } from './history-document.ts';
import { Artefact } from './model-document.ts';
import { modelObject } from './object-keys.ts';
import type { UnreadableNotice } from './unreadable.ts';

const Document = z.object({ version: z.literal(1), address: z.string().regex(/^[0-9a-f]{64}$/), artefact: Artefact });

const CACHED_MODELS = 500;

/**
 * The newest model of each workload in S3, read again only when it has changed. A model that cannot be read is told and
 * counts as absent: the tick goes on reactively and asks for a fit, which replaces it. For a reader
 * that does not wait for a fit, one that was seen within its trust is not asked for.
 */
export class S3ModelStore implements ModelStore {
  readonly #bucket: Objects;
  readonly #models: EtagCache<StoredModel>;

  constructor(bucket: Objects, unreadable: UnreadableNotice, trust?: Trust) {
    this.#bucket = bucket;
    this.#models = new EtagCache(bucket, (text, key) => modelOf(text, key, unreadable), CACHED_MODELS, trust);
  }

  async load(key: ModelKey, version?: Version): Promise<StoredModel | undefined> {
    return (await this.#models.read(modelObject(key), version)).value;
  }

  async save(key: ModelKey, model: StoredModel): Promise<void> {
    const object = modelObject(key);
    const put = await this.#bucket.put(object, JSON.stringify({ version: 1, ...model }));
    if (put.kind === 'written') this.#models.store(object, put.etag, model);
  }
}

function modelOf(text: string, key: string, unreadable: UnreadableNotice): StoredModel | undefined {
  const parsed = Document.safeParse(jsonOf(text));
  if (parsed.success) return { artefact: parsed.data.artefact, address: parsed.data.address };
  unreadable(key, `not a model of version 1: ${z.prettifyError(parsed.error)}`);
  return undefined;
}
