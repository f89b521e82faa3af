import type { GroupSizes } from '../../../models/simulate/environment/aws-refusals.ts';
import type { Upstream } from './forward.ts';
import { textOf, textsOf } from './query-xml.ts';
import type { WireRequest } from './wire.ts';

/** What the gate must know of a group before it lets a call through. */
export interface KnownGroup {
  readonly sizes: GroupSizes;
  readonly cooldownSeconds: number;
  readonly suspended: readonly string[];
}

/** A call that the gate makes itself, in the Query protocol; the emulator behind reads only the scope of the signature. */
export const ownCall = (region: string, form: URLSearchParams): WireRequest => ({
  service: 'autoscaling',
  region,
  action: form.get('Action') ?? '',
  method: 'POST',
  path: '/',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `AWS4-HMAC-SHA256 Credential=gate/20260101/${region}/autoscaling/aws4_request, SignedHeaders=host, Signature=0`,
  },
  body: Buffer.from(form.toString()),
});

/** Reads one group from the emulator; null when it does not exist. */
export const lookUpGroup = async (upstream: Upstream, region: string, name: string): Promise<KnownGroup | null> => {
  const form = new URLSearchParams({ Action: 'DescribeAutoScalingGroups', Version: '2011-01-01' });
  form.set('AutoScalingGroupNames.member.1', name);
  const xml = (await upstream(ownCall(region, form))).body.toString();
  const [min, max, desired] = ['MinSize', 'MaxSize', 'DesiredCapacity'].map((field) => textOf(xml, field));
  if (min === undefined || max === undefined || desired === undefined) return null;
  return {
    sizes: { min: Number(min), max: Number(max), desired: Number(desired) },
    cooldownSeconds: Number(textOf(xml, 'DefaultCooldown') ?? 300),
    suspended: textsOf(xml, 'ProcessName'),
  };
};
