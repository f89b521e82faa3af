import type { ModelManifest } from '../../loop/manifest.ts';
import type { ManifestStore, ModelKey } from '../../loop/ports.ts';
import { modelName } from './model-store.ts';

/** The newest manifest of each model. */
export class MemoryManifestStore implements ManifestStore {
  readonly #manifests = new Map<string, ModelManifest>();

  async load(key: ModelKey): Promise<ModelManifest | undefined> {
    return this.#manifests.get(modelName(key));
  }

  async save(key: ModelKey, manifest: ModelManifest): Promise<void> {
    this.#manifests.set(modelName(key), manifest);
  }
}
