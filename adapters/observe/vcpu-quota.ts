import type { GetMetricDataInput, GetMetricDataOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Meter } from './cloudwatch-load-reader.ts';
import type { Market } from './launch-shape.ts';
import type { MetricCalls } from './metric-calls.ts';

/** vCPU of one class of instances in one market: what may run at once, and what does. */
export interface VcpuQuota {
  readonly quota: number;
  readonly used: number;
}

/** Class of the quota that a family shares, by the letters before its generation. Source: EC2 User Guide, On-Demand Instance quotas. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ...['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z'].map((family) => [family, 'Standard'] as const),
  ...['g', 'gr', 'vt'].map((family) => [family, 'G'] as const),
  ['f', 'F'],
  ['inf', 'Inf'],
  ['p', 'P'],
  ['x', 'X'],
]);

/** P5 has a quota of its own among the Spot quotas. */
const APART = /^p5.*\/Spot$/;

/**
 * The class by which AWS/Usage counts an instance type, for example `Standard/OnDemand`; undefined for a family that is
 * not in the table: its quota may have another name. Pure.
 */
export function quotaClassOf(type: string, market: Market): string | undefined {
  const name = CLASSES.get(/^([a-z]+)\d/.exec(type)?.[1] ?? '');
  return name === undefined || APART.test(`${type}/${market}`) ? undefined : `${name}/${market}`;
}

const PERIOD_SECONDS = 300;

/** Usage is published every five minutes, a few minutes late. */
const LOOK_BACK_MS = 20 * 60_000;

/**
 * Quota and use of a class, read from CloudWatch: the metric AWS/Usage ResourceCount and the function SERVICE_QUOTA of it,
 * so that no client of Service Quotas is needed. Undefined where CloudWatch has neither, as for a class of which nothing
 * runs. Two metrics, throws `AwsCallError`.
 * Source: CloudWatch User Guide, "Visualizing your service quotas and setting alarms".
 */
export async function vcpuQuota(
  quotaClass: string,
  nowMs: number,
  { calls, meter }: { readonly calls: MetricCalls; readonly meter: Meter },
): Promise<VcpuQuota | undefined> {
  meter(2);
  const answer = await calls.getMetricData(inputOf(quotaClass, nowMs));
  const [used, quota] = [latest(answer, 'used'), latest(answer, 'quota')];
  return used === undefined || quota === undefined ? undefined : { used, quota };
}

function inputOf(quotaClass: string, nowMs: number): GetMetricDataInput {
  const dimensions = { Service: 'EC2', Type: 'Resource', Resource: 'vCPU', Class: quotaClass };
  const queries: MetricDataQuery[] = [
    {
      Id: 'used',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Usage',
          MetricName: 'ResourceCount',
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: PERIOD_SECONDS,
        Stat: 'Maximum',
      },
      ReturnData: true,
    },
    { Id: 'quota', Expression: 'SERVICE_QUOTA(used)', ReturnData: true },
  ];
  const EndTime = new Date(nowMs);
  return {
    MetricDataQueries: queries,
    StartTime: new Date(nowMs - LOOK_BACK_MS),
    EndTime,
    ScanBy: 'TimestampDescending',
  };
}

/** The newest value, as they come newest first. */
const latest = ({ MetricDataResults }: GetMetricDataOutput, id: string): number | undefined =>
  MetricDataResults?.find(({ Id }) => Id === id)?.Values?.[0];
