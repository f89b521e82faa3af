import { z } from 'zod';
import type { ModelManifest } from '../../loop/manifest.ts';
import type { ManifestStore, ModelKey } from '../../loop/ports.ts';
import type { Objects } from './bucket.ts';
import { jsonOf } from './history-document.ts';
import { Manifest } from './manifest-document.ts';
import { manifestObject } from './object-keys.ts';
import type { UnreadableNotice } from './unreadable.ts';

/** Manifests beside their models in S3. One that cannot be read is told and counts as absent. */
export class S3ManifestStore implements ManifestStore {
  readonly #bucket: Objects;
  readonly #unreadable: UnreadableNotice;

  constructor(bucket: Objects, unreadable: UnreadableNotice) {
    this.#bucket = bucket;
    this.#unreadable = unreadable;
  }

  async load(key: ModelKey): Promise<ModelManifest | undefined> {
    const object = manifestObject(key);
    const found = await this.#bucket.get(object);
    if (found.kind !== 'found') return undefined;
    const parsed = Manifest.safeParse(jsonOf(found.text));
    if (parsed.success) return parsed.data;
    this.#unreadable(object, `not a manifest of version 1: ${z.prettifyError(parsed.error)}`);
    return undefined;
  }

  async save(key: ModelKey, manifest: ModelManifest): Promise<void> {
    await this.#bucket.put(manifestObject(key), JSON.stringify(manifest));
  }
}
