import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Upstream } from '../../../tools/emulator/gate/forward.ts';
import type { Gate } from '../../../tools/emulator/gate/gate.ts';
import { startGate } from '../../../tools/emulator/gate/gate.ts';
import type { WireRequest } from '../../../tools/emulator/gate/wire.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;

/** A compute emulator with one group that says yes to everything, as the real one does, and a CloudWatch of one point a minute. */
const emulators = () => {
  const seen: WireRequest[] = [];
  const group = { MinSize: '1', MaxSize: '6', DesiredCapacity: '2', DefaultCooldown: '300' };
  let suspended = '';
  const xml = (body: string) => ({ status: 200, headers: { 'content-type': 'text/xml' }, body });
  const compute: Upstream = async (call) => {
    const form = new URLSearchParams(call.body.toString());
    if (call.action === 'DescribeAutoScalingGroups') {
      const known = form.get('AutoScalingGroupNames.member.1') === 'web';
      const fields = Object.entries(group).map(([name, value]) => `<${name}>${value}</${name}>`);
      return xml(known ? `<member>${fields.join('')}${suspended}</member>` : '<AutoScalingGroups/>');
    }
    seen.push(call);
    return xml('<Response/>');
  };
  const metrics: Upstream = async (call) => {
    seen.push(call);
    const stamps = [NOW - 20 * 86_400_000, NOW - 2 * MINUTE, NOW - MINUTE].map((ms) => ms / 1000);
    const results = [{ Id: 'load', Timestamps: stamps, Values: [1, 2, 3], StatusCode: 'Complete' }];
    return { status: 200, headers: {}, body: JSON.stringify({ MetricDataResults: results }) };
  };
  const suspend = () => {
    suspended = '<SuspendedProcesses><member><ProcessName>ScheduledActions</ProcessName></member></SuspendedProcesses>';
  };
  const forms = () => seen.map((call) => Object.fromEntries(new URLSearchParams(call.body.toString())));
  return { compute, metrics, seen, forms, suspend };
};

describe('the gate', () => {
  let gate: Gate;
  let behind: ReturnType<typeof emulators>;

  beforeEach(async () => {
    behind = emulators();
    gate = await startGate({ compute: behind.compute, metrics: behind.metrics, realNowMs: () => NOW });
  });

  afterEach(async () => {
    await gate.stop();
  });

  const signed = (name: string) =>
    `AWS4-HMAC-SHA256 Credential=test/20260115/us-east-1/${name}/aws4_request, SignedHeaders=host, Signature=0`;

  const query = async (action: string, parameters: Record<string, string> = {}) => {
    const body = new URLSearchParams({ Action: action, AutoScalingGroupName: 'web', ...parameters });
    const answer = await fetch(gate.url, { method: 'POST', headers: { authorization: signed('autoscaling') }, body });
    return { status: answer.status, text: await answer.text() };
  };

  const cloudWatch = async (action: string, input: unknown, zip = false) => {
    const json = Buffer.from(JSON.stringify(input));
    const headers = {
      authorization: signed('monitoring'),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `GraniteServiceVersion20100801.${action}`,
      ...(zip ? { 'content-encoding': 'gzip' } : {}),
    };
    const answer = await fetch(gate.url, { method: 'POST', headers, body: zip ? gzipSync(json) : json });
    return {
      status: answer.status,
      query: answer.headers.get('x-amzn-query-error'),
      body: JSON.parse(await answer.text()),
    };
  };

  const control = async (method: string, path: string, body?: string) => {
    const answer = await fetch(`${gate.url}/_prescale/${path}`, body === undefined ? { method } : { method, body });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };

  const schedule = (name: string, startMs: number, sizes: Record<string, string> = { MinSize: '1' }) =>
    query('PutScheduledUpdateGroupAction', {
      ScheduledActionName: name,
      StartTime: new Date(startMs).toISOString(),
      ...sizes,
    });

  it('keeps a refused call from the emulator', async () => {
    const answer = await query('UpdateAutoScalingGroup', { MinSize: '9' });
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('<Code>ValidationError</Code>') });
    expect(behind.seen).toEqual([]);
  });

  it('says what desired becomes when the floor rises above it', async () => {
    await query('UpdateAutoScalingGroup', { MinSize: '4' });
    expect(behind.forms()).toMatchObject([{ MinSize: '4', DesiredCapacity: '4' }]);
  });

  it('repeats the mixed-instances policy that an update would lose', async () => {
    const field = 'MixedInstancesPolicy.LaunchTemplate.Overrides.member.1.InstanceType';
    await query('CreateAutoScalingGroup', { MinSize: '1', MaxSize: '6', [field]: 'm5.large' });
    await query('UpdateAutoScalingGroup', { MinSize: '2' });
    await query('UpdateAutoScalingGroup', { MinSize: '2', LaunchConfigurationName: 'plain' });
    expect(behind.forms().map((form) => form[field])).toEqual(['m5.large', 'm5.large', undefined]);
  });

  it('passes EC2 and other operations on untouched', async () => {
    const answer = await query('DescribeScalingActivities');
    expect([answer.status, behind.forms()]).toMatchObject([200, [{ Action: 'DescribeScalingActivities' }]]);
  });

  it('runs what came due in the order of the starts, and only once', async () => {
    await schedule('later', NOW + 2 * MINUTE, { MinSize: '3' });
    await schedule('sooner', NOW + MINUTE, { MinSize: '2' });
    await gate.setNow(NOW + 3 * MINUTE);
    await gate.setNow(NOW + 4 * MINUTE);
    expect(behind.forms().map((form) => form['MinSize'])).toEqual(['2', '3']);
  });

  it('says in its log that a suspended group dropped its action', async () => {
    await schedule('home', NOW + MINUTE);
    behind.suspend();
    await gate.setNow(NOW + MINUTE);
    expect(gate.calls({ action: 'ScheduledAction' })).toMatchObject([{ group: 'web', outcome: 'suspended' }]);
  });

  it('moves a recurring action to its next start after it ran', async () => {
    await query('PutScheduledUpdateGroupAction', {
      ScheduledActionName: 'daily',
      Recurrence: '0 13 * * *',
      MinSize: '2',
    });
    await gate.setNow(NOW + 60 * MINUTE);
    const { text } = await query('DescribeScheduledActions');
    expect(text).toContain('<StartTime>2026-01-16T13:00:00Z</StartTime>');
  });

  it('pages scheduled actions', async () => {
    for (let index = 1; index <= 3; index += 1) await schedule(`a${index}`, NOW + index * MINUTE);
    const first = await query('DescribeScheduledActions', { MaxRecords: '2' });
    const rest = await query('DescribeScheduledActions', { MaxRecords: '2', NextToken: '2' });
    const names = (text: string) => [...text.matchAll(/<ScheduledActionName>([^<]*)</g)].map(([, name]) => name);
    expect([names(first.text), names(rest.text)]).toEqual([['a1', 'a2'], ['a3']]);
    expect([first.text, rest.text].map((text) => text.includes('<NextToken>'))).toEqual([true, false]);
  });

  it('deletes a scheduled action, and refuses to delete it again', async () => {
    await schedule('home', NOW + MINUTE);
    const first = await query('DeleteScheduledAction', { ScheduledActionName: 'home' });
    const second = await query('DeleteScheduledAction', { ScheduledActionName: 'home' });
    expect([first.status, second.status]).toEqual([200, 400]);
  });

  it('forgets the scheduled actions of a group that is deleted', async () => {
    await schedule('home', NOW + MINUTE);
    await query('DeleteAutoScalingGroup');
    const { text } = await query('DescribeScheduledActions');
    expect(text).toContain('<ScheduledUpdateGroupActions></ScheduledUpdateGroupActions>');
  });

  it('lets calls of one group pass one after the other', async () => {
    const puts = Array.from({ length: 5 }, (_, index) => schedule(`same-start-${index}`, NOW + MINUTE));
    const statuses = (await Promise.all(puts)).map((answer) => answer.status);
    expect(statuses.toSorted()).toEqual([200, 400, 400, 400, 400]);
  });

  it('judges metrics by the instant that its clock was set to', async () => {
    const ahead = { Namespace: 'n', MetricData: [{ MetricName: 'm', Timestamp: NOW / 1000 + 86_400, Value: 1 }] };
    const before = await cloudWatch('PutMetricData', ahead);
    await gate.setNow(NOW + 86_400_000);
    const after = await cloudWatch('PutMetricData', ahead, true);
    expect(before).toMatchObject({ status: 400, query: 'InvalidParameterValue;Sender' });
    expect(before.body.__type).toBe('com.amazonaws.cloudwatch#InvalidParameterValueException');
    expect(after.status).toBe(200);
  });

  it('stamps an unstamped datum with its own now', async () => {
    await gate.setNow(NOW + 86_400_000);
    await cloudWatch('PutMetricData', { Namespace: 'n', MetricData: [{ MetricName: 'm', Value: 1 }] });
    const stored = JSON.parse(behind.seen[0]?.body.toString() ?? '{}');
    expect(stored.MetricData[0].Timestamp).toBe((NOW + 86_400_000) / 1000);
  });

  it('refuses NaN as the SDK writes it', async () => {
    const answer = await cloudWatch('PutMetricData', {
      Namespace: 'n',
      MetricData: [{ MetricName: 'm', Value: 'NaN' }],
    });
    expect(answer.status).toBe(400);
  });

  const read = (change: Record<string, unknown> = {}) => {
    const MetricDataQueries = [{ Id: 'load', MetricStat: { Metric: {}, Period: 60, Stat: 'Sum' } }];
    return cloudWatch('GetMetricData', { MetricDataQueries, StartTime: 0, EndTime: NOW / 1000, ...change });
  };

  it('answers newest first, without minutes that are older than 15 days', async () => {
    const answer = await read();
    expect(answer.body.MetricDataResults[0].Values).toEqual([3, 2]);
  });

  it('answers oldest first when asked', async () => {
    const answer = await read({ ScanBy: 'TimestampAscending' });
    expect(answer.body.MetricDataResults[0].Values).toEqual([2, 3]);
  });

  it('gives pages whose points together are the whole', async () => {
    const first = await read({ MaxDatapoints: 1 });
    const second = await read({ MaxDatapoints: 1, NextToken: first.body.NextToken });
    const of = ({ body }: typeof first) => [body.MetricDataResults[0].Values, body.MetricDataResults[0].StatusCode];
    expect([of(first), of(second)]).toEqual([
      [[3], 'PartialData'],
      [[2], 'Complete'],
    ]);
    expect(second.body.NextToken).toBeUndefined();
  });

  it.each([
    { case: 'an AWS error', code: 'Throttling', text: '<Code>Throttling</Code>', status: 400 },
    { case: 'a server error', code: 'ResourceContention', text: '<Code>ResourceContention</Code>', status: 500 },
  ])('answers $case as often as told', async ({ code, text, status }) => {
    gate.addFault({ action: 'UpdateAutoScalingGroup', code, times: 2 });
    const answers = [];
    for (let index = 0; index < 3; index += 1) answers.push(await query('UpdateAutoScalingGroup', { MinSize: '2' }));
    expect(answers.map((answer) => answer.status)).toEqual([status, status, 200]);
    expect(answers[0]?.text).toContain(text);
  });

  it.each([
    { code: 'reset', reached: 0 },
    { code: 'lost', reached: 1 },
  ])('breaks the connection for $code; the emulator sees $reached calls', async ({ code, reached }) => {
    gate.addFault({ action: 'UpdateAutoScalingGroup', code });
    await expect(query('UpdateAutoScalingGroup', { MinSize: '2' })).rejects.toThrow('fetch failed');
    expect(behind.seen.length).toBe(reached);
    expect(gate.calls()).toMatchObject([{ outcome: code, parameters: { MinSize: '2' } }]);
  });

  it.each([
    { path: 'clock', body: '{"nowMs":"noon"}' },
    { path: 'clock', body: 'not json' },
    { path: 'faults', body: '{"code":"Throttling"}' },
    { path: 'faults', body: '{"action":"X","times":0}' },
  ])('answers 400 to $body for $path', async ({ path, body }) => {
    expect((await control('POST', path, body)).status).toBe(400);
  });

  it('moves its clock, takes faults and lists calls over HTTP', async () => {
    await control('POST', 'clock', `{"nowMs":${NOW + 5}}`);
    await control('POST', 'faults', '{"action":"SetDesiredCapacity","code":"Throttling"}');
    await query('SetDesiredCapacity', { DesiredCapacity: '3' });
    const { body } = await control('GET', 'calls?action=SetDesiredCapacity&group=web');
    expect(body.calls).toMatchObject([{ atMs: NOW + 5, outcome: 'Throttling' }]);
    expect((await control('GET', 'calls?group=other')).body.calls).toEqual([]);
  });

  it('forgets everything at a reset', async () => {
    await schedule('home', NOW + MINUTE);
    gate.addFault({ action: 'DescribeScheduledActions', code: 'Throttling' });
    await gate.setNow(NOW + 1);
    await control('POST', 'reset');
    const { text } = await query('DescribeScheduledActions');
    expect([gate.nowMs(), text.includes('home')]).toEqual([NOW, false]);
  });

  it('says what it serves to a call that is not signed', async () => {
    const answer = await fetch(gate.url, { method: 'POST', body: 'Action=DescribeAutoScalingGroups' });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('signed calls')]);
  });
});

describe('a gate whose emulator is gone', () => {
  it('answers 502, so that the SDK tries again', async () => {
    const gone: Upstream = () => Promise.reject(new Error('connect ECONNREFUSED'));
    const gate = await startGate({ compute: gone, metrics: gone });
    const authorization = 'AWS4-HMAC-SHA256 Credential=test/20260115/us-east-1/ec2/aws4_request';
    const answer = await fetch(gate.url, {
      method: 'POST',
      headers: { authorization },
      body: 'Action=DescribeInstances',
    });
    await gate.stop();
    expect(answer.status).toBe(502);
  });
});
