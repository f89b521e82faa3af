import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getMetricDataRefusal, isReadable, POINTS_PER_GET } from '../../../adapters/memory/cloudwatch-refusals.ts';
import { metricBatches } from '../../../adapters/observe/metric-batches.ts';
import type { LoadQuery } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';
import { metricNamed } from '../../contract/samples.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const DAY = 86_400_000;

const query = (id: string, reachMs: number, periodSeconds = 60): LoadQuery => ({
  id,
  metric: metricNamed('Requests', { periodSeconds }),
  fromMs: instant(NOW - reachMs),
  toMs: instant(NOW),
});

const many = (count: number, reachMs: number) => Array.from({ length: count }, (_, i) => query(`${i}`, reachMs));

describe('metricBatches', () => {
  it.each([
    { case: 'nothing', queries: [], sizes: [] },
    { case: '500 short queries go in one call', queries: many(500, 15 * MINUTE), sizes: [500] },
    { case: 'the 501st needs a second', queries: many(501, 15 * MINUTE), sizes: [500, 1] },
    { case: '100,800 points go in one call', queries: many(7, 10 * DAY), sizes: [7] },
    { case: 'one more day does not', queries: many(8, 10 * DAY), sizes: [7, 1] },
    {
      case: 'a long query does not widen four hundred short ones',
      queries: [query('long', 14 * DAY), ...many(400, 15 * MINUTE)],
      sizes: [400, 1],
    },
    { case: 'periods go apart', queries: [query('a', DAY), query('b', DAY, 300)], sizes: [1, 1] },
    { case: 'an empty window is not asked for', queries: [query('a', 0)], sizes: [] },
  ])('$case', ({ queries, sizes }) => {
    expect(metricBatches(queries).map((batch) => batch.queries.length)).toEqual(sizes);
  });

  it.each([
    { case: 'a minute: 15 days', periodSeconds: 60, days: 15 },
    { case: 'two minutes: 15 days', periodSeconds: 120, days: 15 },
    { case: 'five minutes: 63 days', periodSeconds: 300, days: 63 },
    { case: 'an hour: 455 days', periodSeconds: 3600, days: 455 },
  ])('asks for no points that CloudWatch no longer keeps: $case', ({ periodSeconds, days }) => {
    const [batch] = metricBatches([query('a', 500 * DAY, periodSeconds)]);
    expect(batch?.startMs).toBe(NOW - days * DAY);
    expect(isReadable(batch?.startMs ?? 0, periodSeconds, NOW)).toBe(true);
  });

  it('widens to whole periods, because CloudWatch counts them from the window’s start', () => {
    const ragged = { ...query('a', 0, 300), fromMs: instant(NOW - 7 * MINUTE), toMs: instant(NOW - MINUTE) };
    expect(metricBatches([ragged])).toMatchObject([{ startMs: NOW - 10 * MINUTE, endMs: NOW }]);
  });

  it('asks every query once, inside a window that covers it and that CloudWatch accepts', () => {
    const reach = fc.integer({ min: 1, max: 40 * 1440 }).map((minutes) => minutes * MINUTE);
    const period = fc.constantFrom(60, 120, 300, 3600);
    const some = fc.array(fc.tuple(reach, period), { maxLength: 700 });
    fc.assert(
      fc.property(some, (asked) => {
        const queries = asked.map(([ms, seconds], i) => query(`${i}`, ms, seconds));
        const batches = metricBatches(queries);
        const ids = batches.flatMap((batch) => batch.queries.map(({ id }) => Number(id)));
        expect(ids.sort((a, b) => a - b)).toEqual(queries.map((_, i) => i));
        for (const { queries: members, startMs, endMs } of batches) {
          const asQueries = members.map(({ metric }, i) => ({ id: `q${i}`, periodSeconds: metric.periodSeconds }));
          expect(getMetricDataRefusal({ startMs, endMs, queries: asQueries })).toBeNull();
          const points = members.length * ((endMs - startMs) / (members[0]!.metric.periodSeconds * 1000));
          expect(points).toBeLessThanOrEqual(POINTS_PER_GET);
        }
      }),
      { numRuns: 30 },
    );
  });
});
