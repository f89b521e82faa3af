import type { NetworkModel } from './network-model.ts';

/** A network trained on several loads of one group together: what a `NetworkModel` is, with a head for each load. */
export interface JointModel extends NetworkModel {
  /** Names of the loads, in the order of inputs and outputs. */
  readonly columns: readonly string[];
}
