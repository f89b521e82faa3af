import type { AwsRefusal } from '../../../models/simulate/environment/aws-refusals.ts';
import { AutoScalingGate } from './auto-scaling.ts';
import type { CallLog } from './calls.ts';
import { callLog } from './calls.ts';
import type { GateClock } from './clock.ts';
import { cloudWatchGate, refusalJson } from './cloudwatch.ts';
import type { FaultQueue } from './faults.ts';
import { faultQueue } from './faults.ts';
import type { Upstream } from './forward.ts';
import { refusalXml, textOf } from './query-xml.ts';
import type { DueAction } from './schedule.ts';
import { emptySchedule } from './schedule.ts';
import { turnstile } from './turnstile.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** The two emulators behind the gate, and its clock. */
export interface RouterParts {
  /** Auto Scaling and EC2. */
  readonly compute: Upstream;
  /** CloudWatch. */
  readonly metrics: Upstream;
  readonly clock: GateClock;
}

const outcomeOf = ({ status, body, headers }: WireAnswer): string => {
  if (status < 300) return 'ok';
  const query = headers['x-amzn-query-error']?.split(';')[0];
  return query ?? textOf(body.toString(), 'Code') ?? `HTTP ${status}`;
};

const refusalFor = (call: WireRequest, refusal: AwsRefusal): WireAnswer =>
  call.service === 'monitoring' ? refusalJson(refusal) : refusalXml(refusal, call.service);

/** Sends each AWS call through faults and checks to its emulator, and keeps the log. Lives as long as its gate. */
export class Router {
  readonly faults: FaultQueue = faultQueue();
  readonly calls: CallLog = callLog();
  readonly #parts: RouterParts;
  readonly #schedule = emptySchedule();
  readonly #inTurn = turnstile();
  readonly #autoScaling: AutoScalingGate;
  readonly #cloudWatch: (call: WireRequest) => Promise<WireAnswer>;

  constructor(parts: RouterParts) {
    this.#parts = parts;
    this.#autoScaling = new AutoScalingGate({ upstream: parts.compute, clock: parts.clock, schedule: this.#schedule });
    this.#cloudWatch = cloudWatchGate(parts.metrics, parts.clock);
  }

  /** Answers one AWS call; null when a fault breaks the connection instead. */
  async answer(call: WireRequest): Promise<WireAnswer | null> {
    const form = new URLSearchParams(call.service === 'monitoring' ? '' : call.body.toString('utf8'));
    const parameters = Object.fromEntries(form);
    const effect = await this.faults.meet(call.action);
    const settle = (outcome: string, answer: WireAnswer | null): WireAnswer | null => {
      const group = parameters['AutoScalingGroupName'] ?? null;
      const { service, action } = call;
      this.calls.record({ atMs: this.#parts.clock.nowMs(), service, action, group, parameters, outcome });
      return answer;
    };
    if (effect.kind === 'reset') return settle('reset', null);
    const answer = effect.kind === 'refuse' ? refusalFor(call, effect.refusal) : await this.#pass(call, form);
    return effect.kind === 'lost' ? settle('lost', null) : settle(outcomeOf(answer), answer);
  }

  /** Runs the scheduled actions that are due, earliest first. */
  async fireDue(): Promise<void> {
    for (const due of this.#schedule.takeDue(this.#parts.clock.nowMs())) await this.#fire(due);
  }

  /** Forgets schedules, faults, calls, cooldowns and policies. */
  clear(): void {
    this.#schedule.clear();
    this.faults.clear();
    this.calls.clear();
    this.#autoScaling.clear();
  }

  async #fire(due: DueAction): Promise<void> {
    const { action, group, region } = due;
    const answer = await this.#inTurn(`${region}/${group}`, () => this.#autoScaling.fire(due));
    const parameters = { ScheduledActionName: action.name, StartTime: new Date(action.startMs).toISOString() };
    const settled = answer === 'suspended' ? answer : outcomeOf(answer);
    const outcome = settled === 'ok' ? 'fired' : settled;
    const atMs = this.#parts.clock.nowMs();
    this.calls.record({ atMs, service: 'autoscaling', action: 'ScheduledAction', group, parameters, outcome });
  }

  #pass(call: WireRequest, form: URLSearchParams): Promise<WireAnswer> {
    if (call.service === 'monitoring') return this.#cloudWatch(call);
    if (call.service === 'ec2') return this.#parts.compute(call);
    const group = form.get('AutoScalingGroupName');
    const answer = () => this.#autoScaling.answer(call, form);
    return group === null ? answer() : this.#inTurn(`${call.region}/${group}`, answer);
  }
}
