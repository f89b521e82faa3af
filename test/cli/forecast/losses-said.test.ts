import { describe, expect, it } from '@jest/globals';
import { lossesSaid } from '../../../cli/forecast/losses-said.ts';

const score = (origins: number, pinball: number | null = 1) => ({
  model: 'one',
  pinball,
  pathError: pinball,
  refused: null,
  origins,
});

describe('what is said of losses', () => {
  it.each([
    { case: 'that both count', scores: [score(5), score(5), score(0, null)], more: [] },
    {
      case: 'and which of them compare, where not all have as many origins',
      scores: [score(5), score(2)],
      more: [expect.stringMatching(/as many origins/)],
    },
  ])('is $case', ({ scores, more }) => {
    expect(lossesSaid(scores)).toEqual(['Candidates are compared by the geometric mean of both.', ...more]);
  });
});
