import type { GetMetricDataInput, GetMetricDataOutput, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from '@jest/globals';
import { awsCallError } from '../../../adapters/aws/aws-call-error.ts';
import { CloudWatchLoadReader } from '../../../adapters/observe/cloudwatch-load-reader.ts';
import type { LoadQuery } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';
import { metricNamed, pairsOf } from '../../contract/samples.ts';

const T0 = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;

const query = (id: string, minutes = 3): LoadQuery => ({
  id,
  metric: metricNamed('Requests', { periodSeconds: 60 }),
  fromMs: instant(T0),
  toMs: instant(T0 + minutes * MINUTE),
});

const result = (Id: string, values: readonly number[], more: Partial<MetricDataResult> = {}): MetricDataResult => ({
  Id,
  Timestamps: values.map((_, k) => new Date(T0 + k * MINUTE)),
  Values: [...values],
  StatusCode: 'Complete',
  ...more,
});

/** A reader over answers that are given in turn; keeps what was asked. */
const readerOver = (...answers: readonly (GetMetricDataOutput | Error)[]) => {
  const asked: GetMetricDataInput[] = [];
  const metered: number[] = [];
  const getMetricData = async (input: GetMetricDataInput): Promise<GetMetricDataOutput> => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(input);
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  };
  const reader = new CloudWatchLoadReader({ getMetricData }, (metrics) => metered.push(metrics));
  return { reader, asked, metered };
};

describe('CloudWatchLoadReader', () => {
  it('asks for plain statistics of exact dimensions, oldest first', async () => {
    const { reader, asked } = readerOver({ MetricDataResults: [result('q0', [1])] });
    await reader.read([query('arn:aws:one#0')]);
    expect(asked).toEqual([
      {
        StartTime: new Date(T0),
        EndTime: new Date(T0 + 3 * MINUTE),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          {
            Id: 'q0',
            ReturnData: true,
            MetricStat: {
              Metric: {
                Namespace: 'Prescale/Contract',
                MetricName: 'Requests',
                Dimensions: [
                  { Name: 'Site', Value: 'one' },
                  { Name: 'Tier', Value: 'web' },
                ],
              },
              Period: 60,
              Stat: 'Sum',
            },
          },
        ],
      },
    ]);
  });

  it('splits 1,201 queries into three calls and meters what it asks for', async () => {
    const { reader, asked, metered } = readerOver({ MetricDataResults: [] });
    const queries = Array.from({ length: 1201 }, (_, i) => query(`${i}`));
    await reader.read(queries);
    expect(asked.map(({ MetricDataQueries }) => MetricDataQueries?.length)).toEqual([500, 500, 201]);
    expect(metered).toEqual([500, 500, 201]);
  });

  it('follows the pages of one call and joins what they say of a metric', async () => {
    const late = [new Date(T0 + 2 * MINUTE)];
    const { reader, asked } = readerOver(
      { MetricDataResults: [result('q0', [1, 2], { StatusCode: 'PartialData' })], NextToken: 'more' },
      { MetricDataResults: [{ Id: 'q0', Timestamps: late, Values: [3], StatusCode: 'Complete' }] },
    );
    const answer = (await reader.read([query('a')])).get('a');
    expect(answer?.ok && pairsOf(answer.value).map(([, value]) => value)).toEqual([1, 2, 3]);
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
  });

  it('gives up on pages that never end, for the queries of that call alone', async () => {
    const { reader, asked } = readerOver({ MetricDataResults: [result('q0', [1])], NextToken: 'for ever' });
    const answer = (await reader.read([query('a')])).get('a');
    expect(answer).toMatchObject({ ok: false, refusal: { kind: 'unreadable' } });
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  it.each([
    { case: 'failed', status: 'InternalError' as const },
    { case: 'is incomplete after the last page', status: 'PartialData' as const },
    { case: 'may not be read', status: 'Forbidden' as const },
  ])('refuses alone the query of which CloudWatch says that it $case', async ({ status }) => {
    const Messages = [{ Code: 'Hint', Value: 'why' }];
    const { reader } = readerOver({
      MetricDataResults: [result('q0', [1], { StatusCode: status, Messages }), result('q1', [7])],
    });
    const answers = await reader.read([query('a'), query('b')]);
    const reason = expect.stringMatching(new RegExp(`Requests: CloudWatch says ${status}, Hint: why`));
    expect(answers.get('a')).toMatchObject({ ok: false, refusal: { kind: 'unreadable', reason } });
    expect(answers.get('b')).toMatchObject({ ok: true });
  });

  it('refuses a query that the answer does not mention', async () => {
    const { reader } = readerOver({ MetricDataResults: [] });
    expect((await reader.read([query('a')])).get('a')).toMatchObject({ ok: false, refusal: { kind: 'unreadable' } });
  });

  it('refuses the queries of a call that failed, and goes on with the others', async () => {
    const cause = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    const { reader } = readerOver(awsCallError('GetMetricData', cause), { MetricDataResults: [result('q0', [1])] });
    const coarse = { ...query('b'), metric: metricNamed('Requests', { periodSeconds: 300 }) };
    const answers = await reader.read([query('a'), coarse]);
    const reason = expect.stringMatching(/GetMetricData failed: ThrottlingException/);
    const refusal = { kind: 'unreadable', reason, code: 'AWS_THROTTLED' };
    expect(answers.get('a')).toMatchObject({ ok: false, refusal });
    expect(answers.get('b')).toMatchObject({ ok: true });
  });

  it('throws away points outside the window that was asked for', async () => {
    const { reader } = readerOver({ MetricDataResults: [result('q0', [1, 2, 3, 4, 5])] });
    const answer = (await reader.read([query('a', 2)])).get('a');
    expect(answer?.ok && pairsOf(answer.value)).toEqual([
      [T0, 1],
      [T0 + MINUTE, 2],
    ]);
  });
});
