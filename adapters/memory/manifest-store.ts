import type { ModelManifest } from '../../loop/manifest.ts';
import type { ManifestStore, ModelKey } from '../../loop/ports.ts';
import { modelName } from './model-store.ts';

/** The newest manifest of each model. */
export class MemoryManifestStore implements ManifestStore {
  readonly #manifests = new Map<string, ModelManifest>();

  async load(key: ModelKey): Promise<ModelManifest | undefined> {
    return this.#manifests.get(modelName(key));
  }

  async others(workload: string, most: number): Promise<readonly ModelManifest[]> {
    const byName = [...this.#manifests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, manifest]) => manifest);
    const ofEach = new Map<string, ModelManifest>();
    for (const manifest of byName) {
      if (manifest.workload !== workload && !ofEach.has(manifest.workload)) ofEach.set(manifest.workload, manifest);
    }
    return [...ofEach.values()].slice(0, most);
  }

  async save(key: ModelKey, manifest: ModelManifest): Promise<void> {
    this.#manifests.set(modelName(key), manifest);
  }
}
