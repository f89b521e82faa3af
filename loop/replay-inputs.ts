import type { Samples } from '../models/clean/load.ts';
import { InvariantError } from '../models/kernel/errors.ts';
import type { WorkloadModel } from '../models/learn/fit-workload.ts';
import type { Answers, TickInputs } from './tick-inputs.ts';

interface PlainSamples {
  readonly timestampsMs: readonly number[];
  readonly values: readonly number[];
}

type Stored = Omit<TickInputs, 'samples' | 'inService' | 'model'> & {
  readonly format: 1;
  readonly samples: PlainSamples;
  readonly inService: PlainSamples | undefined;
  readonly answers: Answers;
};

const plain = (samples: Samples): PlainSamples => ({
  timestampsMs: Array.from(samples.timestampsMs),
  values: Array.from(samples.values),
});

const packed = (samples: PlainSamples): Samples => ({
  timestampsMs: Float64Array.from(samples.timestampsMs),
  values: Float64Array.from(samples.values),
});

/** The inputs and answers of a tick as text for the archive; the model goes by its own address. Pure. */
export function inputsText(inputs: TickInputs, answers: Answers): string {
  const { samples, inService, model: _byAddress, ...rest } = inputs;
  const stored: Stored = {
    format: 1,
    ...rest,
    samples: plain(samples),
    inService: inService === undefined ? undefined : plain(inService),
    answers,
  };
  return JSON.stringify(stored);
}

/** Reads archived inputs back, to think them again. Throws when the text is not of a format that this version knows. */
export function readInputs(text: string, model: WorkloadModel | undefined): { inputs: TickInputs; answers: Answers } {
  const stored = JSON.parse(text) as Stored;
  if (stored.format !== 1) throw new InvariantError(`archived inputs have format ${String(stored.format)}, 1 is known`);
  const { format: _format, answers, samples, inService, ...rest } = stored;
  const inputs: TickInputs = {
    ...rest,
    modelAddress: rest.modelAddress,
    readRefusal: rest.readRefusal,
    samples: packed(samples),
    inService: inService === undefined ? undefined : packed(inService),
    model,
  };
  return { inputs, answers };
}
