import type { AwsRefusal, SizeChange } from '../../../adapters/memory/aws-refusals.ts';
import {
  setDesiredRefusal,
  sizesAfter,
  sizesRefusal,
  unknownGroupRefusal,
} from '../../../adapters/memory/aws-refusals.ts';
import type { GateClock } from './clock.ts';
import type { Upstream } from './forward.ts';
import { lookUpGroup, ownCall } from './group-lookup.ts';
import { integerOf, refusalXml } from './query-xml.ts';
import type { DueAction, Schedule } from './schedule.ts';
import { scheduledActions, sizesOf } from './scheduled-actions.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** What the Auto Scaling side of the gate stands on. */
export interface AutoScalingParts {
  readonly upstream: Upstream;
  readonly clock: GateClock;
  readonly schedule: Schedule;
}

interface GroupCall {
  readonly call: WireRequest;
  readonly form: URLSearchParams;
  readonly name: string;
}

const refused = (refusal: AwsRefusal): WireAnswer => refusalXml(refusal, 'autoscaling');

/** The emulator drops a mixed-instances policy at every update that does not repeat it; AWS keeps it. */
const POLICY = 'MixedInstancesPolicy.';
const LAUNCH = ['LaunchTemplate.', 'LaunchConfigurationName', POLICY];

const policyFields = (form: URLSearchParams) => [...form].filter(([field]) => field.startsWith(POLICY));

const withForm = (call: WireRequest, form: URLSearchParams): WireRequest => ({
  ...call,
  body: Buffer.from(form.toString()),
});

/** Auto Scaling as AWS answers it, over an emulator that lacks the checks and the scheduler. */
export const autoScalingGate = ({ upstream, clock, schedule }: AutoScalingParts) => {
  const owned = scheduledActions(schedule, clock);
  const lastActivityMs = new Map<string, number>();
  const policies = new Map<string, readonly (readonly [string, string])[]>();
  const keyOf = (region: string, name: string) => `${region}/${name}`;

  const forward = async (group: GroupCall, resized: boolean): Promise<WireAnswer> => {
    const answer = await upstream(withForm(group.call, group.form));
    const key = keyOf(group.call.region, group.name);
    const fields = policyFields(group.form);
    if (answer.status < 300 && fields.length > 0) policies.set(key, fields);
    if (answer.status < 300 && resized) lastActivityMs.set(key, clock.nowMs());
    return answer;
  };

  const create = async (group: GroupCall): Promise<WireAnswer> => {
    const asked = sizesOf(group.form);
    const [min, max] = [asked.min ?? 0, asked.max ?? 0];
    const desired = asked.desired ?? min;
    const refusal = sizesRefusal({ min, max, desired });
    return refusal === null ? forward(group, desired > 0) : refused(refusal);
  };

  const update = async (group: GroupCall): Promise<WireAnswer> => {
    const known = await lookUpGroup(upstream, group.call.region, group.name);
    if (known === null) return refused(unknownGroupRefusal());
    const after = sizesAfter(known.sizes, sizesOf(group.form));
    const refusal = sizesRefusal(after);
    if (refusal !== null) return refused(refusal);
    const resized = after.desired !== known.sizes.desired;
    if (resized) group.form.set('DesiredCapacity', String(after.desired));
    const names = [...group.form.keys()];
    if (!LAUNCH.some((prefix) => names.some((name) => name.startsWith(prefix)))) {
      for (const [field, value] of policies.get(keyOf(group.call.region, group.name)) ?? [])
        group.form.set(field, value);
    }
    return forward(group, resized);
  };

  const setDesired = async (group: GroupCall): Promise<WireAnswer> => {
    const known = await lookUpGroup(upstream, group.call.region, group.name);
    if (known === null) return refused(unknownGroupRefusal());
    const desired = integerOf(group.form, 'DesiredCapacity') ?? 0;
    const last = lastActivityMs.get(keyOf(group.call.region, group.name));
    const cooldownEndsMs = last === undefined ? null : last + known.cooldownSeconds * 1000;
    const honorCooldown = group.form.get('HonorCooldown') === 'true';
    const refusal = setDesiredRefusal({
      group: known.sizes,
      desired,
      honorCooldown,
      cooldownEndsMs,
      nowMs: clock.nowMs(),
    });
    return refusal === null ? forward(group, desired !== known.sizes.desired) : refused(refusal);
  };

  const remove = async (group: GroupCall): Promise<WireAnswer> => {
    const answer = await upstream(group.call);
    if (answer.status < 300) forget(group.call.region, group.name);
    return answer;
  };

  const forget = (region: string, name: string): void => {
    schedule.removeGroup(region, name);
    lastActivityMs.delete(keyOf(region, name));
    policies.delete(keyOf(region, name));
  };

  const scheduled = async ({ call, form, name }: GroupCall): Promise<WireAnswer> => {
    const unnamed = name === '' && call.action === 'DescribeScheduledActions';
    const exists = unnamed || (await lookUpGroup(upstream, call.region, name)) !== null;
    if (!exists) return refused(unknownGroupRefusal());
    return owned.answer({ action: call.action, region: call.region, group: name === '' ? null : name, form });
  };

  const checked: Readonly<Record<string, (group: GroupCall) => Promise<WireAnswer>>> = {
    CreateAutoScalingGroup: create,
    UpdateAutoScalingGroup: update,
    SetDesiredCapacity: setDesired,
    DeleteAutoScalingGroup: remove,
  };

  const answer = (call: WireRequest, form: URLSearchParams): Promise<WireAnswer> => {
    const group = { call, form, name: form.get('AutoScalingGroupName') ?? '' };
    if (owned.owns(call.action)) return scheduled(group);
    return (checked[call.action] ?? (({ call: plain }) => upstream(plain)))(group);
  };

  const updateForm = (name: string, sizes: SizeChange): URLSearchParams => {
    const form = new URLSearchParams({ Action: 'UpdateAutoScalingGroup', Version: '2011-01-01' });
    form.set('AutoScalingGroupName', name);
    const fields = [
      ['MinSize', sizes.min],
      ['MaxSize', sizes.max],
      ['DesiredCapacity', sizes.desired],
    ] as const;
    for (const [field, size] of fields) if (size !== undefined) form.set(field, String(size));
    return form;
  };

  return {
    /** Answers one Auto Scaling call; `form` is its decoded body, which this may complete before passing it on. */
    answer,
    /** Runs a scheduled action that came due. `suspended`: dropped, because the group's ScheduledActions process is suspended. */
    fire: async ({ region, group, action }: DueAction): Promise<WireAnswer | 'suspended'> => {
      const known = await lookUpGroup(upstream, region, group);
      if (known?.suspended.includes('ScheduledActions') === true) return 'suspended';
      const form = updateForm(group, action.sizes);
      return answer(ownCall(region, form), form);
    },
    /** Forgets cooldowns and policies of every group. */
    clear: (): void => {
      lastActivityMs.clear();
      policies.clear();
    },
  };
};
