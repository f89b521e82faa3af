import { z } from 'zod';
import { isReadable, POINTS_PER_GET } from '../../../adapters/memory/cloudwatch-refusals.ts';

/** GetMetricData's answer as the emulator gives it: stamps in epoch seconds, oldest first, everything at once. */
export const MetricResults = z.looseObject({
  MetricDataResults: z.array(
    z.looseObject({
      Id: z.string(),
      Timestamps: z.array(z.number()),
      Values: z.array(z.number()),
      StatusCode: z.string(),
    }),
  ),
});
export type MetricResults = z.output<typeof MetricResults>;
type OneResult = MetricResults['MetricDataResults'][number];

/** How the caller wants to read: period by query id, order, page. */
export interface ReadShape {
  readonly periodSeconds: ReadonlyMap<string, number>;
  readonly descending: boolean;
  readonly maxPoints: number;
  /** Points already given by earlier pages. */
  readonly skip: number;
}

/** Drops points whose period CloudWatch no longer keeps at their age, and puts the rest in the asked order. */
const kept = (result: OneResult, shape: ReadShape, nowMs: number): OneResult => {
  const period = shape.periodSeconds.get(result.Id) ?? 60;
  const readable = result.Timestamps.map((stamp, index) => ({ stamp, value: result.Values[index] ?? 0 })).filter(
    ({ stamp }) => isReadable(stamp * 1000, period, nowMs),
  );
  if (shape.descending) readable.reverse();
  return { ...result, Timestamps: readable.map(({ stamp }) => stamp), Values: readable.map(({ value }) => value) };
};

/**
 * Gives the answer the shape that AWS gives it: retention by period, newest first unless asked otherwise, and pages of at
 * most `maxPoints` (100,800 by default) with a NextToken; a result that goes on in the next page says PartialData.
 * Source: API_GetMetricData. Cost: O(points).
 */
export const shapeResults = (answer: MetricResults, shape: ReadShape, nowMs: number): MetricResults => {
  const all = answer.MetricDataResults.map((result) => kept(result, shape, nowMs));
  const limit = Math.min(shape.maxPoints, POINTS_PER_GET);
  const end = shape.skip + limit;
  let seen = 0;
  const page = all.flatMap((result): OneResult[] => {
    const [first, last] = [seen, seen + result.Timestamps.length];
    seen = last;
    const [from, to] = [Math.max(shape.skip - first, 0), end - first];
    if (last <= shape.skip && shape.skip > 0) return [];
    const [Timestamps, Values] = [
      result.Timestamps.slice(from, Math.max(to, 0)),
      result.Values.slice(from, Math.max(to, 0)),
    ];
    return [{ ...result, Timestamps, Values, StatusCode: last > end ? 'PartialData' : result.StatusCode }];
  });
  return { ...answer, MetricDataResults: page, ...(seen > end ? { NextToken: String(end) } : {}) };
};
