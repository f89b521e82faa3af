import { describe, expect, it } from '@jest/globals';
import { lossesSaid } from '../../../cli/forecast/losses-said.ts';

const score = (origins: number, pinball: number | null = 1) => ({
  model: 'one',
  pinball,
  pathError: pinball,
  refused: null,
  origins,
});

const BOTH = 'Candidates are compared by the geometric mean of both.';

describe('what is said of losses', () => {
  it.each([
    { case: 'that both count', scores: [score(5), score(5), score(0, null)], said: [BOTH] },
    {
      case: 'and which of them compare, where not all have as many origins',
      scores: [score(5), score(2)],
      said: [BOTH, 'Those of fewer origins answered for fewer days, and are compared on these.'],
    },
    { case: 'nothing of a single one', scores: [score(5), score(0, null)], said: [] },
  ])('is $case', ({ scores, said }) => {
    expect(lossesSaid(scores)).toEqual(said);
  });
});
