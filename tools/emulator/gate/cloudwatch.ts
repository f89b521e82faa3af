import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  getMetricDataRefusal,
  POINTS_PER_GET,
  putMetricDataRefusal,
} from '../../../adapters/memory/cloudwatch-refusals.ts';
import type { AwsRefusal } from '../../../models/simulate/environment/aws-refusals.ts';
import type { GateClock } from './clock.ts';
import type { Upstream } from './forward.ts';
import { MetricResults, shapeResults } from './metric-results.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/**
 * CloudWatch as the SDK for JavaScript speaks it: AWS JSON 1.0 with `X-Amz-Target`, stamps in epoch seconds, non-finite
 * numbers as the strings "NaN", "Infinity", "-Infinity". Other protocols pass through unchecked.
 */

const JSON_TYPE = 'application/x-amz-json-1.0';

/** The names of the error shapes where they differ from the Query codes of the table. */
const SHAPES: Readonly<Record<string, string>> = {
  ValidationError: 'ValidationException',
  InvalidParameterValue: 'InvalidParameterValueException',
  Throttling: 'ThrottlingException',
};

/** A refusal in the shape that the SDK's JSON protocol parses, with the header that keeps the Query code. */
export const refusalJson = ({ code, message, status }: AwsRefusal): WireAnswer => ({
  status,
  headers: {
    'content-type': JSON_TYPE,
    'x-amzn-requestid': randomUUID(),
    'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}`,
  },
  body: JSON.stringify({ __type: `com.amazonaws.cloudwatch#${SHAPES[code] ?? code}`, message }),
});

const WireNumber = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]);

const Datum = z.looseObject({
  Timestamp: z.number().nullish(),
  Value: WireNumber.nullish(),
  Values: z.array(WireNumber).nullish(),
  StatisticValues: z.record(z.string(), WireNumber).nullish(),
});

const PutMetricData = z.looseObject({
  MetricData: z.array(Datum).nullish(),
  EntityMetricData: z.array(z.looseObject({ MetricData: z.array(Datum).nullish() })).nullish(),
});

const Query = z.looseObject({
  Id: z.string(),
  Period: z.number().nullish(),
  MetricStat: z.looseObject({ Period: z.number() }).nullish(),
});

const GetMetricData = z.looseObject({
  MetricDataQueries: z.array(Query).nullish(),
  StartTime: z.number().nullish(),
  EndTime: z.number().nullish(),
  ScanBy: z.string().nullish(),
  NextToken: z.string().regex(/^\d+$/).nullish(),
  MaxDatapoints: z.number().positive().nullish(),
});

type ReadRequest = z.output<typeof GetMetricData>;

const millis = (seconds: number | null | undefined): number | null => (seconds == null ? null : seconds * 1000);

const periodOf = (query: z.output<typeof Query>): number | null => query.MetricStat?.Period ?? query.Period ?? null;

const unreadable = (reason: string): WireAnswer =>
  refusalJson({ code: 'SerializationException', message: reason, status: 400, source: 'the gate' });

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
};

const datumToCheck = (datum: z.output<typeof Datum>) => ({
  timestampMs: millis(datum.Timestamp),
  values: [datum.Value, ...(datum.Values ?? []), ...Object.values(datum.StatisticValues ?? {})].filter(
    (v) => v != null,
  ),
});

/** CloudWatch as AWS answers it, over an emulator that lacks the checks. */
export const cloudWatchGate = (upstream: Upstream, clock: GateClock) => {
  const put = async (call: WireRequest): Promise<WireAnswer> => {
    const parsed = PutMetricData.safeParse(parse(call.body));
    if (!parsed.success) return unreadable(z.prettifyError(parsed.error));
    const { MetricData, EntityMetricData } = parsed.data;
    const data = [...(MetricData ?? []), ...(EntityMetricData ?? []).flatMap((entity) => entity.MetricData ?? [])];
    const refusal = putMetricDataRefusal(data.map(datumToCheck), clock.nowMs());
    if (refusal !== null) return refusalJson(refusal);
    // An unstamped datum means the gate's now, not the machine's, which is all that the emulator knows.
    for (const datum of clock.isSet() ? data : []) datum.Timestamp ??= clock.nowMs() / 1000;
    return upstream(clock.isSet() ? { ...call, body: Buffer.from(JSON.stringify(parsed.data)) } : call);
  };

  const get = async (call: WireRequest): Promise<WireAnswer> => {
    const parsed = GetMetricData.safeParse(parse(call.body));
    if (!parsed.success) return unreadable(z.prettifyError(parsed.error));
    const read = parsed.data;
    const queries = (read.MetricDataQueries ?? []).map((query) => ({ id: query.Id, periodSeconds: periodOf(query) }));
    const refusal = getMetricDataRefusal({ startMs: millis(read.StartTime), endMs: millis(read.EndTime), queries });
    if (refusal !== null) return refusalJson(refusal);
    const answer = await upstream(call);
    return answer.status < 300 ? shaped(answer, read) : answer;
  };

  const shaped = (answer: WireAnswer, read: ReadRequest): WireAnswer => {
    const results = MetricResults.parse(parse(Buffer.from(answer.body)));
    const periods = (read.MetricDataQueries ?? []).map((query) => [query.Id, periodOf(query) ?? 60] as const);
    const shape = {
      periodSeconds: new Map(periods),
      descending: read.ScanBy !== 'TimestampAscending',
      maxPoints: read.MaxDatapoints ?? POINTS_PER_GET,
      skip: Number(read.NextToken ?? 0),
    };
    return { ...answer, body: JSON.stringify(shapeResults(results, shape, clock.nowMs())) };
  };

  /** Answers one CloudWatch call. */
  return (call: WireRequest): Promise<WireAnswer> => {
    const checked = call.headers['content-type'] === JSON_TYPE;
    if (checked && call.action === 'PutMetricData') return put(call);
    if (checked && call.action === 'GetMetricData') return get(call);
    return upstream(call);
  };
};
