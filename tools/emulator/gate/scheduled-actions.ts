import type { AwsRefusal, SizeChange } from '../../../models/simulate/environment/aws-refusals.ts';
import { scheduledActionRefusal, scheduledBatchRefusal } from '../../../models/simulate/environment/aws-refusals.ts';
import type { GateClock } from './clock.ts';
import { nextAfter, parseCron } from './cron.ts';
import { element, instantOf, integerOf, members, refusalXml, resultAnswer } from './query-xml.ts';
import type { DueAction, Schedule, ScheduledAction } from './schedule.ts';
import type { WireAnswer } from './wire.ts';

/** One call of the scheduled-action family, its form decoded. The group is known to exist where one is named. */
export interface ScheduleCall {
  readonly action: string;
  readonly region: string;
  readonly group: string | null;
  readonly form: URLSearchParams;
}

/** The sizes that a form names, under an optional prefix such as `ScheduledUpdateGroupActions.member.1.`. */
export const sizesOf = (form: URLSearchParams, prefix = ''): SizeChange => ({
  min: integerOf(form, `${prefix}MinSize`),
  max: integerOf(form, `${prefix}MaxSize`),
  desired: integerOf(form, `${prefix}DesiredCapacity`),
});

const invalid = (message: string): AwsRefusal => ({
  code: 'ValidationError',
  message,
  status: 400,
  source: 'the gate',
});

/** The action that a form describes, or why the gate cannot keep it. */
const actionOf = (form: URLSearchParams, prefix: string, nowMs: number): ScheduledAction | AwsRefusal => {
  const name = form.get(`${prefix}ScheduledActionName`) ?? '';
  const text = form.get(`${prefix}Recurrence`);
  const zone = form.get(`${prefix}TimeZone`) ?? 'UTC';
  const cron = text === null ? null : parseCron(text);
  if (name === '') return invalid('ScheduledActionName is required');
  if (text !== null && cron === null) return invalid(`Given recurrence string:${text} is invalid`);
  if (!['UTC', 'Etc/UTC'].includes(zone)) return invalid(`time zone ${zone}: the emulator's gate keeps UTC only`);
  const given = instantOf(form, `${prefix}StartTime`) ?? instantOf(form, `${prefix}Time`);
  const startMs = given ?? (cron === null ? null : nextAfter(cron, nowMs));
  if (startMs === null) return invalid('StartTime or Recurrence is required');
  const recurrence = text === null || cron === null ? null : { text, cron };
  return {
    name,
    startMs,
    endMs: instantOf(form, `${prefix}EndTime`) ?? null,
    recurrence,
    sizes: sizesOf(form, prefix),
  };
};

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const describeXml = ({ region, group, action }: DueAction): string => {
  const arn = `arn:aws:autoscaling:${region}:000000000000:scheduledUpdateGroupAction:*:autoScalingGroupName/${group}`;
  return [
    '<member>',
    element('AutoScalingGroupName', group),
    element('ScheduledActionName', action.name),
    element('ScheduledActionARN', `${arn}:scheduledActionName/${action.name}`),
    element('Time', iso(action.startMs)),
    element('StartTime', iso(action.startMs)),
    element('EndTime', action.endMs === null ? undefined : iso(action.endMs)),
    element('Recurrence', action.recurrence?.text),
    element('MinSize', action.sizes.min),
    element('MaxSize', action.sizes.max),
    element('DesiredCapacity', action.sizes.desired),
    '</member>',
  ].join('');
};

const describe = ({ action, region, group, form }: ScheduleCall, schedule: Schedule): WireAnswer => {
  const names = members(form, 'ScheduledActionNames');
  const [from, until] = [instantOf(form, 'StartTime') ?? -Infinity, instantOf(form, 'EndTime') ?? Infinity];
  const found = schedule
    .list(region, group)
    .filter((one) => names.length === 0 || names.includes(one.action.name))
    .filter((one) => one.action.startMs >= from && one.action.startMs <= until)
    .sort((a, b) => a.action.startMs - b.action.startMs);
  const first = integerOf(form, 'NextToken') ?? 0;
  const last = first + Math.min(integerOf(form, 'MaxRecords') ?? 50, 100);
  const page = found.slice(first, last).map(describeXml).join('');
  const next = last < found.length ? element('NextToken', last) : '';
  return resultAnswer(action, `<ScheduledUpdateGroupActions>${page}</ScheduledUpdateGroupActions>${next}`);
};

const single = (call: ScheduleCall, refusal: AwsRefusal | null): WireAnswer =>
  refusal === null ? resultAnswer(call.action, '') : refusalXml(refusal, 'autoscaling');

const failures = (
  call: ScheduleCall,
  list: string,
  outcomes: readonly (readonly [string, AwsRefusal | null])[],
): WireAnswer => {
  const failed = outcomes.map(([name, refusal]) => {
    if (refusal === null) return '';
    const texts = [element('ScheduledActionName', name), element('ErrorCode', refusal.code)];
    return `<member>${texts.join('')}${element('ErrorMessage', refusal.message)}</member>`;
  });
  return resultAnswer(call.action, `<${list}>${failed.join('')}</${list}>`);
};

const OPERATIONS = new Set([
  'PutScheduledUpdateGroupAction',
  'BatchPutScheduledUpdateGroupAction',
  'DescribeScheduledActions',
  'DeleteScheduledAction',
  'BatchDeleteScheduledAction',
]);

/** The Auto Scaling operations on scheduled actions, kept and answered by the gate. */
export class ScheduledActions {
  readonly #schedule: Schedule;
  readonly #clock: GateClock;

  constructor(schedule: Schedule, clock: GateClock) {
    this.#schedule = schedule;
    this.#clock = clock;
  }

  /** True when the gate itself answers this operation. */
  owns(action: string): boolean {
    return OPERATIONS.has(action);
  }

  /** Answers one call of an operation that it owns. */
  answer(call: ScheduleCall): WireAnswer {
    switch (call.action) {
      case 'PutScheduledUpdateGroupAction':
        return single(call, this.#put(call, ''));
      case 'BatchPutScheduledUpdateGroupAction':
        return this.#putBatch(call);
      case 'DeleteScheduledAction':
        return single(call, this.#remove(call, call.form.get('ScheduledActionName') ?? ''));
      case 'BatchDeleteScheduledAction':
        return this.#removeBatch(call);
      default:
        return describe(call, this.#schedule);
    }
  }

  #put(call: ScheduleCall, prefix: string): AwsRefusal | null {
    const action = actionOf(call.form, prefix, this.#clock.nowMs());
    if ('code' in action) return action;
    const slots = this.#schedule.list(call.region, call.group).map((one) => one.action);
    const refusal = scheduledActionRefusal({ ...action.sizes, ...action }, slots, this.#clock.nowMs());
    if (refusal === null) this.#schedule.put(call.region, call.group ?? '', action);
    return refusal;
  }

  #remove(call: ScheduleCall, name: string): AwsRefusal | null {
    return this.#schedule.remove(call.region, call.group ?? '', name)
      ? null
      : invalid('Scheduled action name not found');
  }

  #putBatch(call: ScheduleCall): WireAnswer {
    const prefixes: string[] = [];
    const at = (index: number) => `ScheduledUpdateGroupActions.member.${index}.`;
    while (call.form.has(`${at(prefixes.length + 1)}ScheduledActionName`)) prefixes.push(at(prefixes.length + 1));
    const tooMany = scheduledBatchRefusal(prefixes.length);
    if (tooMany !== null) return refusalXml(tooMany, 'autoscaling');
    const outcomes = prefixes.map((p) => [call.form.get(`${p}ScheduledActionName`) ?? '', this.#put(call, p)] as const);
    return failures(call, 'FailedScheduledUpdateGroupActions', outcomes);
  }

  #removeBatch(call: ScheduleCall): WireAnswer {
    const names = members(call.form, 'ScheduledActionNames');
    const outcomes = names.map((name) => [name, this.#remove(call, name)] as const);
    return failures(call, 'FailedScheduledActions', outcomes);
  }
}
