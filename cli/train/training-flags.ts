import { TENSOR_BACKENDS, type TensorBackend } from '../../adapters/tensors/open-tensors.ts';
import { UNIT_KINDS, type UnitKind } from '../../models/forecast/neural/load-unit.ts';
import { areLevels } from '../../models/forecast/neural/parse-network-model.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import type { GappedSeries } from '../../models/kernel/series.ts';
import { parseDuration } from '../duration.ts';
import { parseWhole } from '../whole-number.ts';
import type { TrainingTask } from './train-trace.ts';

/** Flags of `train` as they are written. */
export interface TrainingFlags {
  readonly network: string;
  readonly horizon: string;
  readonly history: string;
  readonly levels: string;
  readonly steps: string;
  readonly size: string;
  readonly scale: string;
  readonly windows: string;
  readonly epochs: string;
  readonly seed: string;
  readonly backend?: string;
}

/** Seconds. */
const DAY = 86_400;

/** Windows in one step down the gradient, and how far it goes. */
const BATCH = 32;
const LEARNING_RATE = 0.002;

/** Epochs without a gain after which a training ends. */
const PATIENCE = 6;

/** Reads the flags for one series; throws `BadInputError` for what cannot be. */
export function trainingTask(flags: TrainingFlags, series: GappedSeries): TrainingTask {
  const steps = (seconds: number): number => Math.ceil((seconds * 1000) / series.stepMs);
  const horizon = parseDuration(flags.horizon, '--horizon', { least: 1, most: DAY });
  const history = parseDuration(flags.history, '--history', { least: DAY, most: 3650 * DAY });
  const levels = flags.levels.split(',').map(Number);
  if (!areLevels(levels)) {
    throw new BadInputError(
      `--levels: "${flags.levels}" are not ascending numbers between 0 and 1 with 0.5 among them`,
    );
  }
  return {
    series,
    historySteps: steps(history),
    kind: oneOf(['lstm', 'transformer'], flags.network, '--network'),
    steps: parseWhole(flags.steps, '--steps', { least: 6, most: 1024 }),
    size: parseWhole(flags.size, '--size', { least: 4, most: 256 }),
    horizonSteps: steps(horizon),
    unit: oneOf<UnitKind>(UNIT_KINDS, flags.scale, '--scale'),
    mostWindows: parseWhole(flags.windows, '--windows', { least: 50, most: 100_000 }),
    options: {
      levels,
      seed: parseWhole(flags.seed, '--seed', { least: 0, most: 2 ** 31 }),
      mostEpochs: parseWhole(flags.epochs, '--epochs', { least: 1, most: 1000 }),
      patience: PATIENCE,
      batch: BATCH,
      learningRate: LEARNING_RATE,
    },
  };
}

/** The backend that a flag names; undefined without the flag. */
export const backendOf = ({ backend }: TrainingFlags): TensorBackend | undefined =>
  backend === undefined ? undefined : oneOf<TensorBackend>(TENSOR_BACKENDS, backend, '--backend');

function oneOf<T extends string>(known: readonly T[], given: string, flag: string): T {
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new BadInputError(`${flag}: "${given}" is none of ${known.join(', ')}`);
}
