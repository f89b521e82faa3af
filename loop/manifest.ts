import type { CandidateScore } from '../models/forecast/artefact.ts';
import type { NetworkModel } from '../models/forecast/neural/network-model.ts';
import { type EpochMs, endOf, type Series } from '../models/kernel/series.ts';
import type { WorkloadModel } from '../models/learn/fit-workload.ts';
import type { RefitJob } from './refits.ts';

/** What a fit was made of and what came of it, kept beside the model: enough to make it again. Plain JSON. */
export interface ModelManifest {
  readonly version: 1;
  readonly workload: string;
  readonly policyName: string;
  readonly asOfMs: EpochMs;
  /** Why the fit was asked for. */
  readonly asked: string;
  /** Everything anew, or the direct regression alone. */
  readonly work: 'fit' | 'refresh';
  /** Address of the model in the archive. */
  readonly model: string;
  readonly data: {
    /** SHA-256 of the cleaned history as JSON, which is also its address in the archive. */
    readonly sha256: string;
    readonly fromMs: EpochMs;
    readonly toMs: EpochMs;
    readonly stepMs: number;
    readonly steps: number;
  };
  /** Null: no fit draws lots. Networks carry the seed of their training. */
  readonly seed: null;
  readonly networks: readonly Pick<NetworkModel, 'seed' | 'backend' | 'dataHash'>[];
  /** Addresses of the other workloads' histories that a young one learned from. */
  readonly donors: readonly string[];
  /** Prescale, the runtime and the fitting libraries, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly champion: {
    /** Null for a first fit. */
    readonly before: string | null;
    readonly after: string;
    /** Null where an older version chose it. */
    readonly why: string | null;
  };
  readonly scores: readonly CandidateScore[];
}

/** The parts that a manifest is written from. */
export interface Fitting {
  readonly job: RefitJob;
  readonly work: ModelManifest['work'];
  readonly window: Series;
  /** Where the archive keeps the window and the model. */
  readonly addresses: { readonly window: string; readonly model: string };
  readonly before: WorkloadModel | undefined;
  readonly after: WorkloadModel;
  readonly networks: readonly NetworkModel[];
  readonly donors: readonly { readonly address: string }[];
  readonly versions: Readonly<Record<string, string>>;
}

/** The manifest of a fit. Pure. */
export function manifestOf({ job, window, addresses, before, after, ...fitting }: Fitting): ModelManifest {
  const { workload, policyName, asOfMs, reason } = job;
  return {
    version: 1,
    workload,
    policyName,
    asOfMs,
    asked: reason,
    work: fitting.work,
    model: addresses.model,
    data: {
      sha256: addresses.window,
      fromMs: window.startMs,
      toMs: endOf(window),
      stepMs: window.stepMs,
      steps: window.values.length,
    },
    seed: null,
    networks: fitting.networks.map(({ seed, backend, dataHash }) => ({ seed, backend, dataHash })),
    donors: fitting.donors.map(({ address }) => address),
    versions: fitting.versions,
    champion: { before: before?.model ?? null, after: after.model, why: after.chosen?.why ?? null },
    scores: after.scores,
  };
}
