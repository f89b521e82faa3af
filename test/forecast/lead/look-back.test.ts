import { describe, expect, it } from '@jest/globals';
import { lookBack } from '../../../models/forecast/lead/look-back.ts';

const look = lookBack(Float64Array.of(10, 11, 12, 13, 14, 15, 16), 3);

describe('looking back from an origin', () => {
  it.each([
    { case: 'a step that is known', step: 2, load: 12 },
    { case: 'whole days before a step that is to come', step: 5, load: 12 },
    { case: 'whole days before one two days ahead', step: 9, load: 13 },
    { case: 'whole days after one before the first', step: -2, load: 11 },
  ])('sees $case', ({ step, load }) => {
    expect(look.at(5, step)).toBe(load);
  });

  it('sees the mean of the steps before it, of those there are', () => {
    expect([look.mean(5, 2), look.mean(2, 9), look.mean(0, 3)]).toEqual([13.5, 10.5, 0]);
  });
});
