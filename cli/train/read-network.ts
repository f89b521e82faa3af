import { readFileSync } from 'node:fs';
import type { NetworkModel } from '../../models/forecast/neural/network-model.ts';
import { parseNetworkModel } from '../../models/forecast/neural/parse-network-model.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type Result, refuse } from '../../models/kernel/result.ts';

/** Reads a network that `train` wrote. Throws `BadInputError`, naming the file and the fault, for anything else. */
export function readNetwork(file: string): NetworkModel {
  const model = parsed(readFileSync(file, 'utf8'));
  if (model.ok) return model.value;
  throw new BadInputError(`${file}: ${model.refusal}; weights that "prescale train" wrote are needed`, { file });
}

function parsed(text: string): Result<NetworkModel, string> {
  try {
    return parseNetworkModel(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('the file is no JSON');
    throw error;
  }
}
