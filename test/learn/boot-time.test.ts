import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bootTime, LEAST_BOOTS, MOST_BOOTS } from '../../models/learn/boot-time.ts';

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('bootTime', () => {
  it.each([
    { case: 'the slowest of five', boots: [50, 10, 40, 20, 30], seconds: 50 },
    { case: 'the ninth of ten, so that one outlier moves nothing', boots: [...upTo(9), 5000], seconds: 9 },
    { case: 'the eighteenth of twenty', boots: upTo(20), seconds: 18 },
    { case: 'that of the newest twenty', boots: [...Array.from({ length: 40 }, () => 900), ...upTo(20)], seconds: 18 },
  ])('is $case', ({ boots, seconds }) => expect(bootTime(boots)).toEqual({ ok: true, value: seconds }));

  it('is refused below five boots', () => {
    expect(bootTime(upTo(4))).toEqual({ ok: false, refusal: { kind: 'too-few', have: 4, need: LEAST_BOOTS } });
  });

  it('is a boot that was seen, in whatever order they came', () => {
    const boots = fc.array(fc.integer({ min: 0, max: 14_400 }), { minLength: LEAST_BOOTS, maxLength: MOST_BOOTS });
    fc.assert(
      fc.property(boots, (seconds) => {
        const one = bootTime(seconds);
        expect(one.ok && seconds.includes(one.value)).toBe(true);
        expect(bootTime([...seconds].reverse())).toEqual(one);
      }),
    );
  });
});
