import type { GetMetricDataInput, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { LoadQuery, LoadReader, ReadRefusal } from '../../loop/ports.ts';
import type { Samples } from '../../models/clean/load.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { AwsCallError } from '../aws/aws-call-error.ts';
import { type MetricBatch, metricBatches } from './metric-batches.ts';
import type { MetricCalls } from './metric-calls.ts';

/** A call within the limits needs one page; more than this is a loop that CloudWatch does not end. */
const MOST_PAGES = 20;

/** Told how many metrics a call asked for: CloudWatch bills them, $0.01 for a thousand. */
export type Meter = (metrics: number) => void;

type Answer = Result<Samples, ReadRefusal>;

/** One query's points and what CloudWatch said of them, over all pages. */
interface Gathered {
  readonly stamps: number[];
  readonly values: number[];
  status: string | undefined;
  message: string | undefined;
}

/**
 * Reads metrics with GetMetricData, up to 500 at a call across groups. A metric that nobody ever published is no error to
 * CloudWatch and reads as no samples. A query of which CloudWatch says that it failed, or that is incomplete, refuses
 * alone; a call that fails refuses its own queries, and never throws.
 */
export class CloudWatchLoadReader implements LoadReader {
  readonly #calls: MetricCalls;
  readonly #meter: Meter;

  constructor(calls: MetricCalls, meter: Meter) {
    this.#calls = calls;
    this.#meter = meter;
  }

  async read(queries: readonly LoadQuery[]): Promise<ReadonlyMap<string, Answer>> {
    const nothing = (): Answer => accept({ timestampsMs: new Float64Array(0), values: new Float64Array(0) });
    const answers = new Map<string, Answer>(queries.map(({ id }) => [id, nothing()]));
    const read = await Promise.all(metricBatches(queries).map((batch) => this.#batch(batch)));
    for (const batch of read) for (const [id, answer] of batch) answers.set(id, answer);
    return answers;
  }

  async #batch(batch: MetricBatch): Promise<readonly (readonly [string, Answer])[]> {
    const { queries } = batch;
    try {
      const results = await this.#pages(batch);
      return queries.map((query, i) => [query.id, answerOf(query, results.get(idOf(i)))]);
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      return queries.map(({ id }) => [id, refuse({ kind: 'unreadable', reason: error.message, code: error.code })]);
    }
  }

  async #pages(batch: MetricBatch): Promise<ReadonlyMap<string, Gathered>> {
    const results = new Map<string, Gathered>();
    const input = inputOf(batch);
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      this.#meter(batch.queries.length);
      const answer = await this.#calls.getMetricData({
        ...input,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      for (const result of answer.MetricDataResults ?? []) gather(results, result);
      token = answer.NextToken;
      if (token === undefined || token === '') return results;
    }
    const facts = { code: 'AWS_CALL', retryable: true, detail: { call: 'GetMetricData', pages: MOST_PAGES } } as const;
    throw new AwsCallError(
      `GetMetricData has more than ${MOST_PAGES} pages for ${batch.queries.length} queries`,
      facts,
    );
  }
}

/** CloudWatch takes letters and digits, the first of them small; our own ids are ARNs. */
const idOf = (index: number): string => `q${index}`;

const inputOf = ({ queries, startMs, endMs }: MetricBatch): GetMetricDataInput => ({
  MetricDataQueries: queries.map(
    ({ metric }, i): MetricDataQuery => ({
      Id: idOf(i),
      MetricStat: {
        Metric: {
          Namespace: metric.namespace,
          MetricName: metric.name,
          Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: metric.periodSeconds,
        Stat: metric.statistic,
      },
      ReturnData: true,
    }),
  ),
  StartTime: new Date(startMs),
  EndTime: new Date(endMs),
  ScanBy: 'TimestampAscending',
});

function gather(
  results: Map<string, Gathered>,
  { Id, Timestamps, Values, StatusCode, Messages }: MetricDataResult,
): void {
  const id = Id ?? '';
  const known: Gathered = results.get(id) ?? { stamps: [], values: [], status: undefined, message: undefined };
  results.set(id, known);
  for (const [i, stamp] of (Timestamps ?? []).entries()) {
    const value = Values?.[i];
    if (value === undefined) continue;
    known.stamps.push(stamp.getTime());
    known.values.push(value);
  }
  // The last page speaks for the whole: earlier ones say PartialData because more was to come.
  known.status = StatusCode;
  known.message = Messages?.map(({ Code, Value }) => `${Code ?? ''}: ${Value ?? ''}`).join('; ');
}

function answerOf(query: LoadQuery, gathered: Gathered | undefined): Answer {
  const what = `${query.metric.namespace} ${query.metric.name}`;
  if (gathered === undefined) return refuse({ kind: 'unreadable', reason: `${what}: CloudWatch gave no result` });
  const { status, message } = gathered;
  if (status !== undefined && status !== 'Complete') {
    const said = message === undefined || message === '' ? status : `${status}, ${message}`;
    return refuse({ kind: 'unreadable', reason: `${what}: CloudWatch says ${said}` });
  }
  return accept(within(query, gathered));
}

/** The points of the query's own window, ascending. */
function within({ fromMs, toMs }: LoadQuery, { stamps, values }: Gathered): Samples {
  const order = [...stamps.keys()]
    .filter((i) => stamps[i]! >= fromMs && stamps[i]! < toMs)
    .sort((a, b) => stamps[a]! - stamps[b]!);
  return {
    timestampsMs: Float64Array.from(order, (i) => stamps[i]!),
    values: Float64Array.from(order, (i) => values[i]!),
  };
}
