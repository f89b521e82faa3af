import { readFileSync } from 'node:fs';
import type { NetworkModel } from '../../../models/forecast/neural/network-model.ts';
import { parseNetworkModel } from '../../../models/forecast/neural/parse-network-model.ts';

/**
 * Small networks that were trained on `wave({ days: 21, noise: 0.1, seed: 8 })` by `node test/forecast/neural/make-models.ts`.
 */
function kept(name: string): NetworkModel {
  const model = parseNetworkModel(JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')));
  if (!model.ok) throw new Error(`${name}: ${model.refusal}`);
  return model.value;
}

export const lstmModel = kept('lstm');
export const transformerModel = kept('transformer');
