import { describe, expect, it } from '@jest/globals';
import { scoreText } from '../../loop/score-text.ts';

describe('a score in the log', () => {
  const score = { model: 'theta', pinball: 0.12345, pathError: 12.345, refused: null, origins: 288 };

  it.each([
    { case: 'both losses, and how many origins they are of', score, text: 'theta 0.1235 of 288, path 12.35' },
    {
      case: 'the one that an older version left',
      score: { ...score, pathError: null },
      text: 'theta 0.1235 of 288',
    },
    {
      case: 'why there is none',
      score: { ...score, pinball: null, pathError: null, refused: 'sulking' },
      text: 'theta refused: sulking',
    },
  ])('says $case', ({ score: said, text }) => {
    expect(scoreText(said)).toBe(text);
  });
});
