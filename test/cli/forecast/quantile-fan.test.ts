import { describe, expect, it } from '@jest/globals';
import { followsSentence } from '../../../cli/forecast/plot/follows-sentence.ts';
import { fanOf } from '../../../cli/forecast/plot/quantile-fan.ts';

const at = (...levels: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(levels.map((level) => [String(level), 100 * level]));

describe('a fan', () => {
  it.each([
    { case: 'of three levels is one band', levels: [0.1, 0.5, 0.9], bands: [[10, 90]] },
    {
      case: 'of five is two, the wider behind',
      levels: [0.05, 0.25, 0.5, 0.75, 0.95],
      bands: [
        [5, 95],
        [25, 75],
      ],
    },
    {
      case: 'shows the highest level where none below answers it',
      levels: [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99],
      bands: [
        [90, 99],
        [10, 90],
        [25, 75],
      ],
    },
    { case: 'of a median alone is nothing', levels: [0.5], bands: [] },
  ])('$case', ({ levels, bands }) => {
    expect(fanOf(at(...levels)).map(({ low, high }) => [low, high])).toEqual(bands);
  });

  it('says how often what comes lies in it', () => {
    expect(fanOf(at(0.1, 0.5, 0.9))).toMatchObject([{ name: '10–90 %', share: '80 % of the time' }]);
  });
});

describe('which load follows which', () => {
  const load = { column: 'mem', expected: [] };

  it.each([
    { case: 'nobody', follows: [], said: ['mem follows none of the others: it is forecast by itself.'] },
    {
      case: 'the strongest lag of each other load',
      follows: [
        { column: 'cpu', lagSteps: 2, weight: 0.5 },
        { column: 'cpu', lagSteps: 3, weight: 0.4 },
        { column: 'net', lagSteps: 12, weight: -0.2 },
      ],
      said: [
        expect.stringMatching(
          /^mem follows cpu 10 min later: it rises where the other rises, by 0\.50 .*; and it follows net 1 h later: it falls where the other rises, by 0\.20/,
        ),
      ],
    },
    { case: 'nothing where the model does not tell', follows: undefined, said: [] },
  ])('is said of $case', ({ follows, said }) => {
    expect(followsSentence(follows === undefined ? load : { ...load, follows }, 300_000)).toEqual(said);
  });
});
