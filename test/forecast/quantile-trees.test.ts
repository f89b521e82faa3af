import { describe, expect, it } from '@jest/globals';
import { quantileTrees } from '../../models/forecast/quantile-trees.ts';
import { DAY, seriesOf, wave } from './loads.ts';

const whole = wave({ days: 16, noise: 0.15, weekly: 0.2, seed: 6 });
const known = 15 * DAY;

const pathAt = (quantile: number): Float64Array => {
  const answer = quantileTrees('trees', quantile).path(seriesOf(whole.subarray(0, known)), DAY);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
};

describe('quantile trees', () => {
  it('lie as high as they say on a day they have not seen, within what 288 noisy steps allow', () => {
    for (const quantile of [0.1, 0.5, 0.9]) {
      const path = pathAt(quantile);
      const under = path.filter((value, k) => whole[known + k]! <= value).length / DAY;
      expect(Math.abs(under - quantile)).toBeLessThan(0.1);
    }
  });

  it('err less than repeating the day before', () => {
    const off = (path: Float64Array): number =>
      path.reduce((sum, value, k) => sum + Math.abs(value - whole[known + k]!), 0);
    expect(off(pathAt(0.5))).toBeLessThan(0.85 * off(whole.subarray(known - DAY, known)));
  });
});
