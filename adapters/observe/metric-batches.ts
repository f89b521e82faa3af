import type { LoadQuery } from '../../loop/ports.ts';

/** Most queries in one GetMetricData. Source: API_GetMetricData. */
const MOST_QUERIES = 500;

/** Most points that one call returns without paging. Source: API_GetMetricData. */
const MOST_POINTS = 100_800;

const DAY_MS = 86_400_000;
const MS_PER_SECOND = 1000;

/** How far back CloudWatch still keeps a period: a minute 15 days, five minutes 63, an hour 455. Source: API_MetricStat. */
const RETENTION = [
  { multipleSeconds: 3600, days: 455 },
  { multipleSeconds: 300, days: 63 },
  { multipleSeconds: 60, days: 15 },
];

/** Queries that share one call and so one window, [startMs, endMs). */
export interface MetricBatch {
  readonly queries: readonly LoadQuery[];
  readonly startMs: number;
  readonly endMs: number;
}

/** The oldest instant that can still be answered at this period, seen from the query's own end. */
function answerableFrom({ metric, toMs }: LoadQuery): number {
  const rule = RETENTION.find(({ multipleSeconds }) => metric.periodSeconds % multipleSeconds === 0);
  return toMs - (rule?.days ?? 0) * DAY_MS;
}

interface Window {
  readonly query: LoadQuery;
  readonly startMs: number;
  readonly endMs: number;
}

/** What to ask for one query: whole periods, no older than CloudWatch keeps them; undefined when nothing is left. */
function windowOf(query: LoadQuery): Window | undefined {
  const periodMs = query.metric.periodSeconds * MS_PER_SECOND;
  const fromMs = Math.max(query.fromMs, answerableFrom(query));
  const startMs = Math.floor(fromMs / periodMs) * periodMs;
  const endMs = Math.ceil(query.toMs / periodMs) * periodMs;
  return endMs > startMs ? { query, startMs, endMs } : undefined;
}

/**
 * Packs queries into as few calls as CloudWatch's limits allow. A call has one window for all its queries, so that queries
 * of one period go together, those that reach back equally far first: what the window covers beyond a query's own is
 * thrown away, not paid for. Empty windows are left out. O(n log n).
 */
export function metricBatches(queries: readonly LoadQuery[]): readonly MetricBatch[] {
  const windows = queries.map(windowOf).filter((window) => window !== undefined);
  const periods = new Map<number, Window[]>();
  for (const window of windows) {
    const { periodSeconds } = window.query.metric;
    periods.set(periodSeconds, [...(periods.get(periodSeconds) ?? []), window]);
  }
  return [...periods].flatMap(([periodSeconds, members]) => packed(members, periodSeconds * MS_PER_SECOND));
}

function packed(windows: readonly Window[], periodMs: number): readonly MetricBatch[] {
  const batches: MetricBatch[] = [];
  const byReach = [...windows].sort((a, b) => b.startMs - a.startMs);
  for (const { query, startMs, endMs } of byReach) {
    const last = batches.at(-1);
    const wider = last && {
      queries: [...last.queries, query],
      startMs: Math.min(last.startMs, startMs),
      endMs: Math.max(last.endMs, endMs),
    };
    if (wider !== undefined && fits(wider, periodMs)) batches[batches.length - 1] = wider;
    else batches.push({ queries: [query], startMs, endMs });
  }
  return batches;
}

const fits = ({ queries, startMs, endMs }: MetricBatch, periodMs: number): boolean =>
  queries.length <= MOST_QUERIES && queries.length * ((endMs - startMs) / periodMs) <= MOST_POINTS;
