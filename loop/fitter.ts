import type { PlannedEvent } from '../models/calendar/event.ts';
import type { ForecastRefusal } from '../models/forecast/forecaster.ts';
import type { NetworkModel } from '../models/forecast/neural/network-model.ts';
import type { ForecasterSources } from '../models/forecast/registry.ts';
import type { Result } from '../models/kernel/result.ts';
import type { Series } from '../models/kernel/series.ts';
import type { WorkloadModel, WorkloadOptions } from '../models/learn/fit-workload.ts';

/** A fit that is asked for, and what stands until it is there. */
export interface FitTask extends ForecasterSources {
  readonly window: Series;
  readonly options: WorkloadOptions;
  readonly standing: WorkloadModel | undefined;
  /** Events from the window's beginning to the end of what is forecast; none when absent. */
  readonly events?: readonly PlannedEvent[] | undefined;
}

/** A network to be trained on a history, and how far ahead it shall answer. */
export interface TrainingTask {
  readonly window: Series;
  readonly horizonSteps: number;
}

/** Trains a network, or says why there is none. Takes up to two minutes; never throws for a failed training. */
export type Trainer = (task: TrainingTask) => Promise<Result<NetworkModel, string>>;

/** Fits all candidate models to a history and keeps the champion; in this thread or in a worker. */
export interface Fitter {
  /** What it fits with, by name: Prescale, the runtime, the libraries. Nothing is known of it when absent. */
  readonly versions?: Readonly<Record<string, string>> | undefined;
  /** Trains networks where the tensor library is; absent where it is not. */
  readonly train?: Trainer | undefined;
  fit(task: FitTask): Promise<Result<WorkloadModel, ForecastRefusal>>;
}
