import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  SCHEDULED_ACTIONS_PER_GROUP,
  scheduledActionRefusal,
  scheduledBatchRefusal,
  setDesiredRefusal,
  sizesAfter,
  sizesRefusal,
} from '../../../models/simulate/environment/aws-refusals.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const group = { min: 1, max: 6, desired: 3 };

describe('sizesAfter', () => {
  it.each([
    { case: 'a floor above desired lifts it', change: { min: 5 }, after: { min: 5, max: 6, desired: 5 } },
    { case: 'a ceiling below desired lowers it', change: { max: 2 }, after: { min: 1, max: 2, desired: 2 } },
    { case: 'a floor at desired leaves it', change: { min: 3 }, after: { min: 3, max: 6, desired: 3 } },
    { case: 'a desired that is named wins', change: { min: 5, desired: 6 }, after: { min: 5, max: 6, desired: 6 } },
    { case: 'nothing named changes nothing', change: {}, after: group },
  ])('$case', ({ change, after }) => {
    expect(sizesAfter(group, change)).toEqual(after);
  });

  it('without a named desired, gives sizes that are refused only when the bounds themselves contradict', () => {
    const size = fc.integer({ min: 0, max: 50 });
    const change = fc.record({ min: size, max: size }, { requiredKeys: [] });
    const sized = fc.tuple(size, size, size).map((three) => {
      const [min = 0, desired = 0, max = 0] = three.toSorted((a, b) => a - b);
      return { min, max, desired };
    });
    const property = fc.property(sized, change, (before, asked) => {
      const after = sizesAfter(before, asked);
      expect(sizesRefusal(after) === null).toBe(after.min <= after.max);
    });
    fc.assert(property);
  });
});

describe('sizesRefusal', () => {
  it.each([
    { case: 'min above max', sizes: { min: 4, max: 3, desired: 3 }, message: /Max bound, 3.* min bound, 4/ },
    { case: 'desired above max', sizes: { min: 1, max: 3, desired: 4 }, message: /Desired capacity:4/ },
    { case: 'desired below min', sizes: { min: 2, max: 3, desired: 1 }, message: /Desired capacity:1/ },
    { case: 'a negative size', sizes: { min: -1, max: 3, desired: 1 }, message: /negative/ },
  ])('refuses $case', ({ sizes, message }) => {
    const refusal = { code: 'ValidationError', status: 400, message: expect.stringMatching(message) };
    expect(sizesRefusal(sizes)).toMatchObject(refusal);
  });

  it('accepts min = desired = max', () => {
    expect(sizesRefusal({ min: 2, max: 2, desired: 2 })).toBeNull();
  });
});

describe('setDesiredRefusal', () => {
  const request = { group, desired: 4, honorCooldown: true, cooldownEndsMs: NOW + 1, nowMs: NOW };

  it.each([
    { case: 'above max', change: { desired: 7 }, code: 'ValidationError' },
    { case: 'below min', change: { desired: 0 }, code: 'ValidationError' },
    { case: 'one millisecond before the cooldown ends', change: {}, code: 'ScalingActivityInProgress' },
  ])('refuses $case', ({ change, code }) => {
    expect(setDesiredRefusal({ ...request, ...change })).toMatchObject({ code, status: 400 });
  });

  it.each([
    { case: 'within the cooldown when it is not honoured', change: { honorCooldown: false } },
    { case: 'when the cooldown has just ended', change: { cooldownEndsMs: NOW } },
    { case: 'when nothing ran before', change: { cooldownEndsMs: null } },
  ])('accepts $case', ({ change }) => {
    expect(setDesiredRefusal({ ...request, ...change })).toBeNull();
  });
});

describe('scheduledActionRefusal', () => {
  const put = { name: 'home', startMs: NOW + 1000, min: 1 };
  const slots = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `a${i}`, startMs: NOW + 5000 + i }));

  it.each([
    { case: 'a start at this very instant', request: { ...put, startMs: NOW }, code: 'ValidationError' },
    { case: 'no size at all', request: { name: 'home', startMs: NOW + 1 }, code: 'ValidationError' },
    { case: 'min above max', request: { ...put, min: 3, max: 2 }, code: 'ValidationError' },
    { case: 'desired below min', request: { ...put, desired: 0 }, code: 'ValidationError' },
    { case: 'desired above max', request: { ...put, max: 2, desired: 3 }, code: 'ValidationError' },
    { case: 'the start of another action', request: { ...put, startMs: NOW + 5000 }, code: 'AlreadyExists' },
  ])('refuses $case', ({ request, code }) => {
    expect(scheduledActionRefusal(request, slots(1), NOW)).toMatchObject({ code, status: 400 });
  });

  it('refuses the 126th action of a group and accepts the 125th', () => {
    const full = slots(SCHEDULED_ACTIONS_PER_GROUP);
    expect(scheduledActionRefusal(put, full, NOW)).toMatchObject({ code: 'LimitExceeded' });
    expect(scheduledActionRefusal(put, full.slice(1), NOW)).toBeNull();
  });

  it('accepts a new put of the same name at the same start, even in a full group', () => {
    const full = [...slots(SCHEDULED_ACTIONS_PER_GROUP - 1), { name: put.name, startMs: put.startMs }];
    expect(scheduledActionRefusal(put, full, NOW)).toBeNull();
  });

  it('takes at most fifty actions in a batch', () => {
    expect([scheduledBatchRefusal(50), scheduledBatchRefusal(51)?.code]).toEqual([null, 'ValidationError']);
  });
});
