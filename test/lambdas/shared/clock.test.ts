import { describe, expect, it } from '@jest/globals';
import { clockOf } from '../../../lambdas/shared/clock.ts';
import { instant } from '../../../models/kernel/series.ts';

const called = (account: string) => `arn:aws:lambda:eu-central-1:${account}:function:tick:live`;
const newestMs = instant(Date.UTC(1995, 6, 27));

describe('the clock of a run', () => {
  it('stands at the newest event of a rehearsal', () => {
    expect(clockOf({ source: 'event', newestMs, calledAs: called('000000000000') }).wall()).toBe(newestMs);
  });

  it.each([
    { case: 'an account of AWS', calledAs: called('123456789012') },
    { case: 'a name without account', calledAs: 'tick' },
  ])('refuses a rehearsal under $case', ({ calledAs }) => {
    expect(() => clockOf({ source: 'event', newestMs, calledAs })).toThrow(/CLOCK=event is refused in account/);
  });

  it('is never held back by an old event where it is the machine’s', () => {
    const clock = clockOf({ source: 'system', newestMs, calledAs: called('123456789012') });
    expect(clock.wall()).toBeGreaterThan(Date.UTC(2024, 0, 1));
  });
});
