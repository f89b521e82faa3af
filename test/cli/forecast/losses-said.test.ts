import { describe, expect, it } from '@jest/globals';
import { lossesSaid } from '../../../cli/forecast/losses-said.ts';

const score = (origins: number, pinball: number | null = 1) => ({ model: 'one', pinball, refused: null, origins });

describe('what is said of losses', () => {
  it.each([
    { case: 'nothing, where all have as many origins', scores: [score(5), score(5), score(0, null)], said: undefined },
    {
      case: 'which of them compare, where not',
      scores: [score(5), score(2)],
      said: expect.stringMatching(/as many origins/),
    },
  ])('is $case', ({ scores, said }) => {
    expect(lossesSaid(scores)).toEqual(said);
  });
});
