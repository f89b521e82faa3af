import { describe, expect, it } from '@jest/globals';
import { Scores } from '../../../adapters/record/model-document.ts';

describe('scores that are kept', () => {
  it('are read where an older version knew no path error', () => {
    const old = { model: 'mstl-ets', pinball: 0.5, refused: null, origins: 12 };
    expect(Scores.parse([old])).toEqual([{ ...old, pathError: null }]);
  });
});
