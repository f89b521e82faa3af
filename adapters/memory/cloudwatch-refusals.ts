import type { AwsRefusal } from '../../models/simulate/environment/aws-refusals.ts';

/**
 * CloudWatch's half of the table of refusals: time windows, sizes and periods that emulators do not check.
 * Instants in epoch milliseconds, periods in seconds.
 */

const CLOUDWATCH_API = 'docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Metrics in one PutMetricData, queries in one GetMetricData, points that GetMetricData returns at most by default. */
export const METRICS_PER_PUT = 1000;
export const QUERIES_PER_GET = 500;
export const POINTS_PER_GET = 100_800;

/** One datum of PutMetricData; a null stamp means "now", values are all that the datum carries. */
export interface DatumToCheck {
  readonly timestampMs: number | null;
  readonly values: readonly number[];
}

const badValue = (message: string): AwsRefusal => ({
  code: 'InvalidParameterValue',
  message,
  status: 400,
  source: `${CLOUDWATCH_API}API_PutMetricData.html`,
});

const datumRefusal = (datum: DatumToCheck, position: number, nowMs: number): AwsRefusal | null => {
  const field = `The parameter MetricData.member.${position}`;
  const stampMs = datum.timestampMs ?? nowMs;
  if (stampMs < nowMs - 14 * DAY_MS)
    return badValue(`${field}.Timestamp must specify a time within the past two weeks.`);
  if (stampMs > nowMs + 2 * HOUR_MS) {
    return badValue(`${field}.Timestamp must specify a time no more than two hours in the future.`);
  }
  const limit = 2 ** 360;
  return datum.values.every((value) => Math.abs(value) <= limit)
    ? null
    : badValue(`${field}.Value must be a number between -2^360 and 2^360.`);
};

/**
 * PutMetricData: more than 1,000 metrics, a stamp older than two weeks or more than two hours ahead, a value that is not
 * finite or beyond ±2^360. The first offender refuses the whole call, and nothing of it is stored.
 * Source: API_PutMetricData, API_MetricDatum; message of the past: cloud-custodian issue 2559. Cost: O(data).
 */
export const putMetricDataRefusal = (data: readonly DatumToCheck[], nowMs: number): AwsRefusal | null => {
  if (data.length > METRICS_PER_PUT) {
    return badValue(`The collection MetricData must not have a size greater than ${METRICS_PER_PUT}.`);
  }
  for (const [index, datum] of data.entries()) {
    const refusal = datumRefusal(datum, index + 1, nowMs);
    if (refusal !== null) return refusal;
  }
  return null;
};

/** One query of GetMetricData; period null for an expression without one. */
export interface QueryToCheck {
  readonly id: string;
  readonly periodSeconds: number | null;
}

/** The window and queries of one GetMetricData; instants null when the request leaves them out. */
export interface MetricRead {
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly queries: readonly QueryToCheck[];
}

const badRead = (message: string): AwsRefusal => ({
  code: 'ValidationError',
  message,
  status: 400,
  source: `${CLOUDWATCH_API}API_GetMetricData.html`,
});

const validPeriod = (seconds: number): boolean =>
  seconds > 0 && (seconds % 60 === 0 || [1, 5, 10, 20, 30].includes(seconds));

const windowRefusal = ({ startMs, endMs }: MetricRead): AwsRefusal | null => {
  if (startMs === null || endMs === null) return badRead('The parameters StartTime and EndTime are required.');
  if (startMs === endMs) return badRead('The parameter StartTime must not equal parameter EndTime.');
  return startMs < endMs ? null : badRead('The parameter StartTime must be less than the parameter EndTime.');
};

/**
 * GetMetricData: no window or an empty or reversed one, no queries or more than 500, ids that repeat or do not begin with
 * a lower-case letter, a period that is neither 1, 5, 10, 20, 30 nor a multiple of 60.
 * A period too fine for the age of the data is *not* refused: those points are simply absent, see `isReadable`.
 * Source: API_GetMetricData, API_MetricDataQuery, API_MetricStat; message of equal times: elastic/beats issue 32687.
 */
export const getMetricDataRefusal = (read: MetricRead): AwsRefusal | null => {
  const window = windowRefusal(read);
  if (window !== null) return window;
  const { queries } = read;
  if (queries.length === 0) return badRead('The parameter MetricDataQueries is required.');
  if (queries.length > QUERIES_PER_GET) {
    return badRead(`The collection MetricDataQueries must not have a size greater than ${QUERIES_PER_GET}.`);
  }
  const badId = queries.find((query) => !/^[a-z][a-zA-Z0-9_]*$/.test(query.id));
  if (badId !== undefined)
    return badRead(
      `The value ${badId.id} for parameter MetricDataQueries.member.Id is not matching the expected pattern.`,
    );
  if (new Set(queries.map((query) => query.id)).size < queries.length) {
    return badRead('The values for parameter id in MetricDataQueries are not unique.');
  }
  const odd = queries.find((query) => query.periodSeconds !== null && !validPeriod(query.periodSeconds));
  return odd === undefined
    ? null
    : badRead(`Period ${odd.periodSeconds} of ${odd.id} must be 1, 5, 10, 20, 30 or a multiple of 60.`);
};

/** Age beyond which a period is too fine, and the multiple that is still kept. */
const RETENTION = [
  { olderThanMs: 455 * DAY_MS, multipleSeconds: Number.POSITIVE_INFINITY },
  { olderThanMs: 63 * DAY_MS, multipleSeconds: 3600 },
  { olderThanMs: 15 * DAY_MS, multipleSeconds: 300 },
  { olderThanMs: 3 * HOUR_MS, multipleSeconds: 60 },
];

/**
 * True when CloudWatch still answers a point of this age at this period: sub-minute points live 3 hours, minutes 15 days,
 * 5 minutes 63 days, hours 455 days; "no data points in that time range is returned" otherwise.
 * Source: API_MetricStat (Period) and API_GetMetricData (retention).
 */
export const isReadable = (pointMs: number, periodSeconds: number, nowMs: number): boolean => {
  const rule = RETENTION.find(({ olderThanMs }) => nowMs - pointMs > olderThanMs);
  return rule === undefined || (Number.isFinite(rule.multipleSeconds) && periodSeconds % rule.multipleSeconds === 0);
};
