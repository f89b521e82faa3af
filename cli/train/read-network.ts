import { readFileSync } from 'node:fs';
import type { JointModel } from '../../models/forecast/neural/joint-model.ts';
import type { NetworkModel } from '../../models/forecast/neural/network-model.ts';
import { parseJointModel, parseNetworkModel } from '../../models/forecast/neural/parse-network-model.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type Result, refuse } from '../../models/kernel/result.ts';

/** Reads a network that `train` wrote. Throws `BadInputError`, naming the file and the fault, for anything else. */
export const readNetwork = (file: string): NetworkModel =>
  readWith(parseNetworkModel, file, 'weights that "prescale train" wrote');

/** Reads a network for several loads. Throws as `readNetwork` does. */
export const readJointNetwork = (file: string): JointModel =>
  readWith(parseJointModel, file, 'weights that "prescale train --columns" wrote');

function readWith<T>(parse: (document: unknown) => Result<T, string>, file: string, needed: string): T {
  const model = parsed(parse, readFileSync(file, 'utf8'));
  if (model.ok) return model.value;
  throw new BadInputError(`${file}: ${model.refusal}; ${needed} are needed`, { file });
}

function parsed<T>(parse: (document: unknown) => Result<T, string>, text: string): Result<T, string> {
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('the file is no JSON');
    throw error;
  }
}
