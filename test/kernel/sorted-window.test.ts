import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sortedWindow } from '../../models/kernel/sorted-window.ts';

describe('a sorted window', () => {
  it('holds the newest values, ascending, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 1, max: 9 }), (values, most) => {
        const window = sortedWindow(most);
        for (const value of values) window.add(value);
        const held = Array.from({ length: window.size() }, (_, rank) => window.at(rank));
        expect(held).toEqual(values.slice(-most).sort((a, b) => a - b));
        expect([...window.sorted()]).toEqual(held);
      }),
    );
  });
});
