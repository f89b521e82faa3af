import type { NetworkStore } from '../../loop/ports.ts';
import type { NetworkModel } from '../../models/forecast/neural/network-model.ts';
import { parseNetworkModel } from '../../models/forecast/neural/parse-network-model.ts';
import type { Bucket } from './bucket.ts';
import { jsonOf } from './history-document.ts';
import { networkFolder } from './object-keys.ts';
import type { UnreadableNotice } from './unreadable.ts';

/** Each network costs a fit of its own on every held-out day. */
const MOST_NETWORKS = 4;

/** Where a fit keeps the network that it trained: before whatever people call theirs. */
const TRAINED = '0-trained-here.json.gz';

/**
 * Networks that `prescale train` wrote and a person copied to `networks/<workload>/` of the state bucket, plain or compressed:
 * the first four by name. What is none is told and left out: a bad file must not cost the workload its fit.
 */
export class S3NetworkStore implements NetworkStore {
  readonly #bucket: Pick<Bucket, 'get' | 'list' | 'put'>;
  readonly #unreadable: UnreadableNotice;

  constructor(bucket: Pick<Bucket, 'get' | 'list' | 'put'>, unreadable: UnreadableNotice) {
    this.#bucket = bucket;
    this.#unreadable = unreadable;
  }

  async of(workload: string): Promise<readonly NetworkModel[]> {
    const objects = await this.#bucket.list(networkFolder(workload), MOST_NETWORKS);
    const networks = await Promise.all(objects.map((object) => this.#read(object)));
    return networks.filter((network) => network !== undefined);
  }

  async keep(workload: string, network: NetworkModel): Promise<void> {
    await this.#bucket.put(`${networkFolder(workload)}${TRAINED}`, JSON.stringify(network));
  }

  async #read(object: string): Promise<NetworkModel | undefined> {
    const found = await this.#bucket.get(object);
    if (found.kind !== 'found') return undefined;
    const network = parseNetworkModel(jsonOf(found.text));
    if (network.ok) return network.value;
    this.#unreadable(object, network.refusal);
    return undefined;
  }
}
