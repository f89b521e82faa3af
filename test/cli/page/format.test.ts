import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  clock,
  dateTime,
  day,
  dollars,
  duration,
  fixed,
  load,
  number,
  percent,
  UNKNOWN,
} from '../../../cli/page/format.ts';

describe('what people read', () => {
  it.each([
    { case: 'groups thousands', said: number(1234567), text: '1,234,567' },
    { case: 'drops trailing zeros', said: number(2.5, 3), text: '2.5' },
    { case: 'writes a real minus', said: number(-1234.5, 1), text: '−1,234.5' },
    { case: 'knows no minus zero', said: number(-0.001, 2), text: '0' },
    { case: 'keeps decimals in columns', said: fixed(1.5, 3), text: '1.500' },
    { case: 'rounds great loads', said: load(1234.56), text: '1,235' },
    { case: 'keeps four digits of loads below a thousand', said: load(100.249), text: '100.2' },
    { case: 'keeps four digits of small loads', said: load(0.081962), text: '0.08196' },
    { case: 'keeps four digits of tiny loads', said: load(-0.000123456), text: '−0.0001235' },
    { case: 'keeps their zeros, so that points stand below each other', said: load(0.46601), text: '0.4660' },
    { case: 'keeps what tells a load from a thousand', said: load(999.96), text: '1,000.0' },
    { case: 'writes powers of ten below a millionth', said: load(-1.2346e-7), text: '−1.235e−7' },
    { case: 'writes digits of a millionth', said: load(1.2346e-6), text: '0.000001235' },
    { case: 'writes powers of ten of what nobody counts', said: load(1.5e30), text: '1.500e+30' },
    { case: 'writes shares in percent', said: percent(20 / 21, 1), text: '95.2 %' },
    { case: 'writes cents of small sums', said: dollars(59.806), text: '$59.81' },
    { case: 'writes whole dollars of great ones', said: dollars(12345.6), text: '$12,346' },
    { case: 'writes seconds', said: duration(45), text: '45 s' },
    { case: 'writes minutes', said: duration(300), text: '5 min' },
    { case: 'writes hours and minutes', said: duration(9000), text: '2 h 30 min' },
    { case: 'writes hours', said: duration(7200), text: '2 h' },
    { case: 'writes the clock in UTC', said: clock(Date.UTC(2026, 2, 10, 14, 5)), text: '14:05' },
    { case: 'writes seconds that are not zero', said: clock(Date.UTC(2026, 2, 10, 14, 5, 7)), text: '14:05:07' },
    { case: 'writes day and time', said: dateTime(Date.UTC(2026, 2, 10, 14, 5)), text: '2026-03-10 14:05 UTC' },
  ])('$case', ({ said, text }) => {
    expect(said).toBe(text);
  });

  it('says that it does not know, whatever the way to say nothing', () => {
    for (const x of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      const said = [
        number(x),
        fixed(x, 2),
        load(x),
        percent(x),
        dollars(x),
        duration(x),
        clock(x),
        day(x),
        dateTime(x),
      ];
      expect(new Set(said)).toEqual(new Set([UNKNOWN]));
    }
  });

  it('never writes NaN, an exponent or an exception for any number that people count with', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (x) => {
        fc.pre(x === 0 || Math.abs(x) >= 1e-6);
        const said = [number(x, 2), fixed(x, 2), load(x), percent(x), dollars(x), duration(x), clock(x)].join(' ');
        expect(said).not.toMatch(/NaN|Infinity|\de[+-]?\d/);
      }),
    );
  });
});
