import type { NetworkModel } from '../models/forecast/neural/network-model.ts';
import type { EpochMs } from '../models/kernel/series.ts';

/** The reason of a fit that is asked for because the forecast's errors are not those of its fit any more. */
export const DRIFT = 'drift';

export interface RefitJob {
  readonly policyName: string;
  readonly workload: string;
  /** A group of the workload; utilisation is turned into load with its capacity. */
  readonly groupName: string;
  readonly asOfMs: EpochMs;
  /** `DRIFT`, or why the model in hand will not do, in words. */
  readonly reason: string;
  /** Boot time that was measured, where it stands for the policy's; the fit is made for its lead. */
  readonly bootSeconds?: number | undefined;
}

/** Asks for a fit outside the hot path. Asking twice for a workload and day is harmless. */
export interface RefitQueue {
  request(job: RefitJob): Promise<void>;
}

/** Networks trained for a workload, by people who brought them here or by its fits: candidates of its fits. */
export interface NetworkStore {
  /** By name; those that cannot be read are told of and left out. */
  of(workload: string): Promise<readonly NetworkModel[]>;
  /** The network that a fit trained, in place of the one before; those that people brought stay. */
  keep(workload: string, network: NetworkModel): Promise<void>;
}
