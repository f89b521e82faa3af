import { metricKey } from '../../loop/metric-key.ts';
import type { HistoryKey, HistoryStore, LedgerRange } from '../../loop/ports.ts';
import type { Samples } from '../../models/clean/load.ts';
import { SortedSamples } from '../record/sorted-samples.ts';

/** Load histories by workload, metric and period. */
export class MemoryHistoryStore implements HistoryStore {
  readonly #histories = new Map<string, SortedSamples>();

  async read(key: HistoryKey, { fromMs, toMs }: LedgerRange): Promise<Samples> {
    return this.#history(key).between(fromMs, toMs);
  }

  async merge(key: HistoryKey, samples: Samples): Promise<void> {
    this.#history(key).merge(samples);
  }

  #history({ workload, metric }: HistoryKey): SortedSamples {
    const key = `${workload} ${metricKey(metric)}`;
    const known = this.#histories.get(key);
    if (known !== undefined) return known;
    const history = new SortedSamples();
    this.#histories.set(key, history);
    return history;
  }
}
