import { metricKey } from '../../loop/metric-key.ts';
import type { ModelKey, ModelStore, StoredModel } from '../../loop/ports.ts';

/** What a model is known by in memory. */
export const modelName = ({ workload, metric, terms }: ModelKey): string => `${workload} ${metricKey(metric)} ${terms}`;

/** The newest model of each workload, metric and terms. */
export class MemoryModelStore implements ModelStore {
  readonly #models = new Map<string, StoredModel>();

  async load(key: ModelKey): Promise<StoredModel | undefined> {
    return this.#models.get(modelName(key));
  }

  async save(key: ModelKey, model: StoredModel): Promise<void> {
    this.#models.set(modelName(key), model);
  }
}
