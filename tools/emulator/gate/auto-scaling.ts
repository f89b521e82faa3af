import type { AwsRefusal, SizeChange } from '../../../models/simulate/environment/aws-refusals.ts';
import {
  missingDesiredRefusal,
  setDesiredRefusal,
  sizesAfter,
  sizesRefusal,
  unknownGroupRefusal,
} from '../../../models/simulate/environment/aws-refusals.ts';
import type { GateClock } from './clock.ts';
import type { Upstream } from './forward.ts';
import { lookUpGroup, ownCall } from './group-lookup.ts';
import { integerOf, refusalXml, resultAnswer } from './query-xml.ts';
import type { DueAction, Schedule } from './schedule.ts';
import { ScheduledActions, sizesOf } from './scheduled-actions.ts';
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

const keyOf = (region: string, name: string): string => `${region}/${name}`;

const withForm = (call: WireRequest, form: URLSearchParams): WireRequest => ({
  ...call,
  body: Buffer.from(form.toString()),
});

/** Auto Scaling as AWS answers it, over an emulator that lacks the checks and the scheduler. Lives as long as its gate. */
export class AutoScalingGate {
  readonly #parts: AutoScalingParts;
  readonly #scheduled: ScheduledActions;
  readonly #lastActivityMs = new Map<string, number>();
  readonly #policies = new Map<string, readonly (readonly [string, string])[]>();

  constructor(parts: AutoScalingParts) {
    this.#parts = parts;
    this.#scheduled = new ScheduledActions(parts.schedule, parts.clock);
  }

  /** Answers one Auto Scaling call; `form` is its decoded body, which this may complete before passing it on. */
  async answer(call: WireRequest, form: URLSearchParams): Promise<WireAnswer> {
    const group = { call, form, name: form.get('AutoScalingGroupName') ?? '' };
    if (this.#scheduled.owns(call.action)) return this.#answerScheduled(group);
    if (call.action === 'CreateAutoScalingGroup') return this.#create(group);
    if (call.action === 'UpdateAutoScalingGroup') return this.#update(group);
    if (call.action === 'SetDesiredCapacity') return this.#setDesired(group);
    if (call.action === 'DescribeInstanceRefreshes') return this.#refreshes(group);
    const answer = await this.#parts.upstream(call);
    if (call.action === 'DeleteAutoScalingGroup' && answer.status < 300) this.#forget(call.region, group.name);
    return answer;
  }

  /** Runs a scheduled action that came due. `suspended`: dropped, because the group's ScheduledActions process is suspended. */
  async fire({ region, group, action }: DueAction): Promise<WireAnswer | 'suspended'> {
    const known = await lookUpGroup(this.#parts.upstream, region, group);
    if (known?.suspended.includes('ScheduledActions') === true) return 'suspended';
    const form = updateForm(group, action.sizes);
    return this.answer(ownCall(region, form), form);
  }

  /** Forgets cooldowns and policies of every group. */
  clear(): void {
    this.#lastActivityMs.clear();
    this.#policies.clear();
  }

  async #create(group: GroupCall): Promise<WireAnswer> {
    const asked = sizesOf(group.form);
    const [min, max] = [asked.min ?? 0, asked.max ?? 0];
    const desired = asked.desired ?? min;
    const refusal = sizesRefusal({ min, max, desired });
    return refusal === null ? this.#forward(group, desired > 0) : refused(refusal);
  }

  async #update(group: GroupCall): Promise<WireAnswer> {
    const known = await lookUpGroup(this.#parts.upstream, group.call.region, group.name);
    if (known === null) return refused(unknownGroupRefusal());
    const after = sizesAfter(known.sizes, sizesOf(group.form));
    const refusal = sizesRefusal(after);
    if (refusal !== null) return refused(refusal);
    const resized = after.desired !== known.sizes.desired;
    if (resized) group.form.set('DesiredCapacity', String(after.desired));
    this.#repeatPolicy(group);
    return this.#forward(group, resized);
  }

  async #setDesired(group: GroupCall): Promise<WireAnswer> {
    const known = await lookUpGroup(this.#parts.upstream, group.call.region, group.name);
    if (known === null) return refused(unknownGroupRefusal());
    const desired = integerOf(group.form, 'DesiredCapacity');
    if (desired === undefined) return refused(missingDesiredRefusal());
    const last = this.#lastActivityMs.get(keyOf(group.call.region, group.name));
    const refusal = setDesiredRefusal({
      group: known.sizes,
      desired,
      honorCooldown: group.form.get('HonorCooldown') === 'true',
      cooldownEndsMs: last === undefined ? null : last + known.cooldownSeconds * 1000,
      nowMs: this.#parts.clock.nowMs(),
    });
    return refusal === null ? this.#forward(group, desired !== known.sizes.desired) : refused(refusal);
  }

  async #answerScheduled({ call, form, name }: GroupCall): Promise<WireAnswer> {
    const unnamed = name === '' && call.action === 'DescribeScheduledActions';
    const exists = unnamed || (await lookUpGroup(this.#parts.upstream, call.region, name)) !== null;
    if (!exists) return refused(unknownGroupRefusal());
    return this.#scheduled.answer({ action: call.action, region: call.region, group: name === '' ? null : name, form });
  }

  async #forward(group: GroupCall, resized: boolean): Promise<WireAnswer> {
    const answer = await this.#parts.upstream(withForm(group.call, group.form));
    if (answer.status >= 300) return answer;
    const key = keyOf(group.call.region, group.name);
    const fields = policyFields(group.form);
    if (fields.length > 0) this.#policies.set(key, fields);
    if (resized) this.#lastActivityMs.set(key, this.#parts.clock.nowMs());
    return answer;
  }

  /** The emulator knows no instance refreshes: a group that exists has none. */
  async #refreshes({ call, name }: GroupCall): Promise<WireAnswer> {
    const known = await lookUpGroup(this.#parts.upstream, call.region, name);
    return known === null ? refused(unknownGroupRefusal()) : resultAnswer(call.action, '<InstanceRefreshes/>');
  }

  #repeatPolicy({ call, form, name }: GroupCall): void {
    const named = [...form.keys()].some((field) => LAUNCH.some((prefix) => field.startsWith(prefix)));
    const fields = named ? [] : (this.#policies.get(keyOf(call.region, name)) ?? []);
    for (const [field, value] of fields) form.set(field, value);
  }

  #forget(region: string, name: string): void {
    this.#parts.schedule.removeGroup(region, name);
    this.#lastActivityMs.delete(keyOf(region, name));
    this.#policies.delete(keyOf(region, name));
  }
}
