import { describe, expect, it } from '@jest/globals';
import { reactive } from '../../models/decide/reactive.ts';

const throughput = { perStep: 10, targetUtilisation: 1 };

describe('the reactive arm', () => {
  it.each([
    { case: 'one step', steps: 1, margin: 1, target: 2 },
    { case: 'three steps', steps: 3, margin: 1, target: 9 },
    { case: 'more steps than there are', steps: 50, margin: 1, target: 9 },
    { case: 'a margin', steps: 1, margin: 1.5, target: 3 },
    { case: 'a margin that is exactly whole', steps: 2, margin: 1.2, target: 6 },
  ])('holds the most that $case needed', ({ steps, margin, target }) => {
    expect(reactive(Float64Array.of(31, 90, 50, 15), { steps, margin, throughput }).target).toBe(target);
  });

  it('asks for one unit where nothing is known, and does not count blanks', () => {
    expect(reactive(new Float64Array(0), { steps: 3, margin: 1, throughput }).target).toBe(1);
    expect(reactive(Float64Array.of(40, Number.NaN), { steps: 2, margin: 1, throughput }).target).toBe(4);
  });
});
