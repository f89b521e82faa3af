import { describe, expect, it } from '@jest/globals';
import { runClock } from '../../../lambdas/shared/clock.ts';
import { instant } from '../../../models/kernel/series.ts';

const called = (account: string) => `arn:aws:lambda:eu-central-1:${account}:function:tick:live`;
const newestMs = instant(Date.UTC(1995, 6, 27));

describe('the clock of a run', () => {
  it('stands at the newest event of a rehearsal, until the next run', () => {
    const clock = runClock('event');
    clock.begin(newestMs, called('000000000000'));
    expect(clock.wall()).toBe(newestMs);
    clock.begin(instant(newestMs + 300_000), called('000000000000'));
    expect(clock.wall()).toBe(newestMs + 300_000);
  });

  it.each([
    { case: 'an account of AWS', calledAs: called('123456789012') },
    { case: 'a name without account', calledAs: 'tick' },
  ])('refuses a rehearsal under $case', ({ calledAs }) => {
    expect(() => runClock('event').begin(newestMs, calledAs)).toThrow(/CLOCK=event is refused in account/);
  });

  it('is never held back by an old event where it is the machine’s', () => {
    const clock = runClock('system');
    clock.begin(newestMs, called('123456789012'));
    expect(clock.wall()).toBeGreaterThan(Date.UTC(2024, 0, 1));
  });
});
