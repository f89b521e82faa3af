import { describe, expect, it } from '@jest/globals';
import { needOf, type Throughput } from '../../models/decide/need.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import { tryArms } from '../../models/learn/arm-trial.ts';
import { DAY, seriesOf, wave } from '../forecast/loads.ts';

const values = wave({ days: 9, daily: 0.6, noise: 0.05 });

/** One request at once, ten in a step; ninety-nine of a hundred are to be begun at once. */
const throughput: Throughput = {
  perStep: 10,
  targetUtilisation: 1,
  delay: { quantile: 0.99, over: 'wait', seconds: 0, serviceSeconds: 30, serviceVariation: 1, serversPerUnit: 1 },
};

describe('the trial of the arms under an objective for delay', () => {
  it('plans for the units that keep it, which a share of the throughput would not', () => {
    const model = fitDirect(seriesOf(values.subarray(0, 6 * DAY)), { horizons: [1, 2, 3, 5, 8, 12], leadSteps: 2 });
    if (!model.ok) throw new Error(JSON.stringify(model.refusal));
    const terms = { bootSteps: 2, lagSteps: 0, throughput, shortagePenalty: 20, inflation: 1 };
    const { trial } = tryArms(seriesOf(values.subarray(0, 7 * DAY)), { direct: model.value }, terms);
    const unseen = values.subarray(6 * DAY, 7 * DAY);
    const kept = unseen.reduce((sum, load) => sum + needOf(load, throughput), 0);
    const shared = unseen.reduce((sum, load) => sum + needOf(load, { ...throughput, delay: undefined }), 0);
    expect(kept).toBeGreaterThan(1.2 * shared);
    // Serving exactly what was needed, without any boot, would have cost `kept`.
    expect(trial.bandPrice).toBeGreaterThan(kept);
    expect(trial.bandPrice).toBeLessThan(1.3 * kept);
    expect(trial.bandPrice).toBeLessThan(trial.reactivePrice);
  });
});
