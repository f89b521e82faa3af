import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import type { TrialTerms } from '../../models/learn/trial-replay.ts';
import { seriesOf } from '../forecast/loads.ts';

/** A unit carries ten in a step; two steps to boot, no lag. */
export const TERMS: TrialTerms = {
  bootSteps: 2,
  lagSteps: 0,
  throughput: { perStep: 10, targetUtilisation: 1 },
  shortagePenalty: 20,
  inflation: 1,
};

/** The direct regression of a load, looking up to twelve steps ahead. */
export function modelOf(values: Float64Array): DirectModel {
  const model = fitDirect(seriesOf(values), { horizons: [1, 2, 3, 5, 8, 12], leadSteps: 2 });
  if (!model.ok) throw new Error(JSON.stringify(model.refusal));
  return model.value;
}
