import type { HistoryKey, ModelStore, StoredModel } from '../../loop/ports.ts';
import { metricKey } from '../observe/metric-key.ts';

const keyOf = ({ workload, metric }: HistoryKey): string => `${workload} ${metricKey(metric)}`;

/** The newest model of each workload and metric. */
export class MemoryModelStore implements ModelStore {
  readonly #models = new Map<string, StoredModel>();

  async load(key: HistoryKey): Promise<StoredModel | undefined> {
    return this.#models.get(keyOf(key));
  }

  async save(key: HistoryKey, model: StoredModel): Promise<void> {
    this.#models.set(keyOf(key), model);
  }
}
