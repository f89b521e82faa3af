import { z } from 'zod';
import type { ModelManifest } from '../../loop/manifest.ts';
import type { ManifestStore, ModelKey } from '../../loop/ports.ts';
import type { Bucket } from './bucket.ts';
import { jsonOf } from './history-document.ts';
import { Manifest } from './manifest-document.ts';
import { MODELS, manifestObject, workloadOfManifest } from './object-keys.ts';
import type { UnreadableNotice } from './unreadable.ts';

/** What a bucket lists at once; workloads beyond are not looked at. */
const MOST_OBJECTS = 1000;

type Objects = Pick<Bucket, 'get' | 'list' | 'put'>;

/** Manifests beside their models in S3. One that cannot be read is told and counts as absent. */
export class S3ManifestStore implements ManifestStore {
  readonly #bucket: Objects;
  readonly #unreadable: UnreadableNotice;

  constructor(bucket: Objects, unreadable: UnreadableNotice) {
    this.#bucket = bucket;
    this.#unreadable = unreadable;
  }

  load(key: ModelKey): Promise<ModelManifest | undefined> {
    return this.#read(manifestObject(key));
  }

  async others(workload: string, most: number): Promise<readonly ModelManifest[]> {
    const objectOf = new Map<string, string>();
    for (const object of await this.#bucket.list(MODELS, MOST_OBJECTS)) {
      const other = workloadOfManifest(object);
      if (other !== undefined && other !== workload && !objectOf.has(other)) objectOf.set(other, object);
    }
    const objects = [...objectOf].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most);
    const manifests = await Promise.all(objects.map(([, object]) => this.#read(object)));
    return manifests.filter((manifest) => manifest !== undefined);
  }

  async save(key: ModelKey, manifest: ModelManifest): Promise<void> {
    await this.#bucket.put(manifestObject(key), JSON.stringify(manifest));
  }

  async #read(object: string): Promise<ModelManifest | undefined> {
    const found = await this.#bucket.get(object);
    if (found.kind !== 'found') return undefined;
    const parsed = Manifest.safeParse(jsonOf(found.text));
    if (parsed.success) return parsed.data;
    this.#unreadable(object, `not a manifest of version 1: ${z.prettifyError(parsed.error)}`);
    return undefined;
  }
}
