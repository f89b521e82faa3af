import type { NetworkStore } from '../../loop/ports.ts';
import type { NetworkModel } from '../../models/forecast/neural/network-model.ts';

/** Networks as a test or a replay puts them there. */
export class MemoryNetworkStore implements NetworkStore {
  readonly #networks = new Map<string, readonly NetworkModel[]>();

  async of(workload: string): Promise<readonly NetworkModel[]> {
    return this.#networks.get(workload) ?? [];
  }

  async keep(workload: string, network: NetworkModel): Promise<void> {
    this.#networks.set(workload, [network]);
  }

  put(workload: string, ...networks: readonly NetworkModel[]): void {
    this.#networks.set(workload, networks);
  }
}
