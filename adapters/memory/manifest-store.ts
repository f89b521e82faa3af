import type { ModelManifest } from '../../loop/manifest.ts';
import { metricKey } from '../../loop/metric-key.ts';
import type { ManifestStore, ModelKey } from '../../loop/ports.ts';

const keyOf = ({ workload, metric, terms }: ModelKey): string => `${workload} ${metricKey(metric)} ${terms}`;

/** The newest manifest of each model. */
export class MemoryManifestStore implements ManifestStore {
  readonly #manifests = new Map<string, ModelManifest>();

  async load(key: ModelKey): Promise<ModelManifest | undefined> {
    return this.#manifests.get(keyOf(key));
  }

  async save(key: ModelKey, manifest: ModelManifest): Promise<void> {
    this.#manifests.set(keyOf(key), manifest);
  }
}
