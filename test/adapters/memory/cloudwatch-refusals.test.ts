import { describe, expect, it } from '@jest/globals';
import {
  getMetricDataRefusal,
  isReadable,
  putMetricDataRefusal,
} from '../../../adapters/memory/cloudwatch-refusals.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('putMetricDataRefusal', () => {
  const datum = { timestampMs: NOW, values: [1] };

  it.each([
    { case: 'older than two weeks', bad: { ...datum, timestampMs: NOW - 14 * DAY - 1 }, message: /member.2.Timestamp/ },
    { case: 'more than two hours ahead', bad: { ...datum, timestampMs: NOW + 2 * HOUR + 1 }, message: /two hours/ },
    { case: 'not a number', bad: { ...datum, values: [Number.NaN] }, message: /Value/ },
    { case: 'infinite', bad: { ...datum, values: [1, Number.POSITIVE_INFINITY] }, message: /Value/ },
    { case: 'beyond 2^360', bad: { ...datum, values: [-(2 ** 361)] }, message: /Value/ },
  ])('refuses the whole call for one datum that is $case', ({ bad, message }) => {
    const refusal = { code: 'InvalidParameterValue', status: 400, message: expect.stringMatching(message) };
    expect(putMetricDataRefusal([datum, bad], NOW)).toMatchObject(refusal);
  });

  it.each([
    { case: 'exactly two weeks old', timestampMs: NOW - 14 * DAY },
    { case: 'exactly two hours ahead', timestampMs: NOW + 2 * HOUR },
    { case: 'without a stamp', timestampMs: null },
  ])('accepts a datum $case', ({ timestampMs }) => {
    expect(putMetricDataRefusal([{ timestampMs, values: [0] }], NOW)).toBeNull();
  });

  it('takes a thousand metrics, not one more', () => {
    const data = Array.from({ length: 1001 }, () => datum);
    expect(putMetricDataRefusal(data.slice(1), NOW)).toBeNull();
    expect(putMetricDataRefusal(data, NOW)).toMatchObject({ code: 'InvalidParameterValue' });
  });
});

describe('getMetricDataRefusal', () => {
  const query = { id: 'load', periodSeconds: 300 };
  const read = { startMs: NOW - HOUR, endMs: NOW, queries: [query] };
  const many = Array.from({ length: 501 }, (_, i) => ({ id: `q${i}`, periodSeconds: 60 }));

  it.each([
    { case: 'an empty window', change: { startMs: NOW } },
    { case: 'a window that ends before it begins', change: { startMs: NOW + 1 } },
    { case: 'no start', change: { startMs: null } },
    { case: 'no query', change: { queries: [] } },
    { case: '501 queries', change: { queries: many } },
    { case: 'an id twice', change: { queries: [query, query] } },
    { case: 'an id with a capital first', change: { queries: [{ ...query, id: 'Load' }] } },
    { case: 'a period of 90 s', change: { queries: [{ ...query, periodSeconds: 90 }] } },
    { case: 'a period of 0 s', change: { queries: [{ ...query, periodSeconds: 0 }] } },
  ])('refuses $case', ({ change }) => {
    expect(getMetricDataRefusal({ ...read, ...change })).toMatchObject({ code: 'ValidationError', status: 400 });
  });

  it.each([
    { case: '500 queries', queries: many.slice(1) },
    { case: 'a period of 10 s', queries: [{ ...query, periodSeconds: 10 }] },
    { case: 'an expression without a period', queries: [{ ...query, periodSeconds: null }] },
  ])('accepts $case', ({ queries }) => {
    expect(getMetricDataRefusal({ ...read, queries })).toBeNull();
  });
});

describe('isReadable', () => {
  it.each([
    { case: 'ten seconds, three hours old', age: 3 * HOUR, period: 10, kept: true },
    { case: 'ten seconds, older', age: 3 * HOUR + 1, period: 10, kept: false },
    { case: 'a minute, 15 days old', age: 15 * DAY, period: 60, kept: true },
    { case: 'a minute, older', age: 15 * DAY + 1, period: 60, kept: false },
    { case: 'five minutes, 63 days old', age: 63 * DAY, period: 300, kept: true },
    { case: 'five minutes, older', age: 63 * DAY + 1, period: 300, kept: false },
    { case: 'an hour, 455 days old', age: 455 * DAY, period: 3600, kept: true },
    { case: 'an hour, older', age: 455 * DAY + 1, period: 3600, kept: false },
    { case: 'a minute ahead of now', age: -60_000, period: 60, kept: true },
  ])('case: $kept', ({ age, period, kept }) => {
    expect(isReadable(NOW - age, period, NOW)).toBe(kept);
  });
});
