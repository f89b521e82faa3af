import type { ActRefusal } from '../../loop/ports.ts';
import { ScalerError } from '../../models/kernel/errors.ts';
import { actRefusalOf } from '../act/refusal-of-code.ts';
import { type AwsCallCode, AwsCallError } from '../aws/aws-call-error.ts';

/** Every call that a port makes, by the name of its method; those that several ports share carry the port's name. */
export type FaultPoint =
  | 'loads.read'
  | 'tagged'
  | 'describe'
  | 'surroundings'
  | ActPoint
  | 'begin'
  | 'commit'
  | 'peek'
  | 'known'
  | 'forget'
  | 'intend'
  | 'conclude'
  | 'at'
  | 'range'
  | 'history.read'
  | 'history.merge'
  | 'models.load'
  | 'models.save'
  | 'manifests.load'
  | 'manifests.others'
  | 'manifests.save'
  | 'networks.of'
  | 'networks.keep'
  | 'archive.put'
  | 'archive.get'
  | 'policies.read'
  | 'switches.read'
  | 'switches.write'
  | 'takeUnits'
  | 'takeLargeChange'
  | 'headroom'
  | 'launches.recent'
  | 'refits.request'
  | 'notices.send'
  | 'queue.send';

/** The calls that AWS may refuse instead of failing. */
export type ActPoint = 'setFloor' | 'setDesired' | 'armHome' | 'disarmHome' | 'claim' | 'disown';

/** What goes wrong at the next calls of a point. */
export interface Fault {
  /** AWS's error code: `Throttling`, `InternalFailure`, `ScalingActivityInProgress`, `ECONNRESET`, … */
  readonly code: string;
  /** How many calls fail. Default 1. */
  readonly times?: number;
  /** How many calls pass before the first that fails. Default 0. */
  readonly after?: number;
  /** `before`: nothing is done. `lost`: it is done, and the answer never arrives. Default `before`. */
  readonly when?: 'before' | 'lost';
}

/** The process was ended at this point; every later call of the same run fails too, until `restart`. */
export class CrashError extends ScalerError {
  override readonly code = 'CRASHED';
  override readonly retryable = true;
}

interface Pending {
  readonly fault: Fault | 'crash';
  passes: number;
  left: number;
}

/** What a point meets: nothing, an error to throw before or after the work, or a refusal to answer with. */
export interface Meeting {
  readonly before?: Error;
  readonly after?: Error;
  readonly refusal?: ActRefusal;
}

const NOTHING: Meeting = {};

const codeOf = (code: string): AwsCallCode => {
  if (/throttl|limit|rate|slow/i.test(code)) return 'AWS_THROTTLED';
  return /^E[A-Z]+$|timeout/i.test(code) ? 'AWS_UNREACHABLE' : 'AWS_CALL';
};

const errorOf = (point: FaultPoint, code: string): Error =>
  new AwsCallError(`${point} failed: ${code}: injected`, {
    code: codeOf(code),
    retryable: true,
    detail: { call: point, aws: code },
  });

/** Faults that wait for their calls. Lives as long as its world. */
export class FaultPlan {
  readonly #pending = new Map<FaultPoint, Pending[]>();
  #crashed: CrashError | undefined;
  /** True while nothing is planned, so that the usual call costs one look. */
  idle = true;

  add(point: FaultPoint, fault: Fault): void {
    this.#push(point, { fault, passes: fault.after ?? 0, left: fault.times ?? 1 });
  }

  /** Ends the process at the next call of this point: `before` it is done, or right `after`. */
  crash(point: FaultPoint, when: 'before' | 'after', passes = 0): void {
    this.#push(point, { fault: 'crash', passes, left: when === 'before' ? 1 : 2 });
  }

  /** A new process: what was planned but not met stays planned. */
  restart(): void {
    this.#crashed = undefined;
    this.idle = this.#pending.size === 0;
  }

  clear(): void {
    this.#pending.clear();
    this.restart();
  }

  /** Consumes what is planned for this call of the point. */
  meet(point: FaultPoint): Meeting {
    if (this.#crashed !== undefined) return { before: this.#crashed };
    const queue = this.#pending.get(point);
    const next = queue?.[0];
    if (queue === undefined || next === undefined) return NOTHING;
    if (next.passes > 0) {
      next.passes--;
      return NOTHING;
    }
    if (next.fault === 'crash') return this.#crashNow(point, next.left === 2);
    next.left--;
    if (next.left <= 0) this.#drop(point, queue);
    return meetingOf(point, next.fault);
  }

  #crashNow(point: FaultPoint, done: boolean): Meeting {
    this.#pending.delete(point);
    const error = new CrashError(`the process was ended ${done ? 'after' : 'before'} ${point}`, { point });
    this.#crashed = error;
    return done ? { after: error } : { before: error };
  }

  #push(point: FaultPoint, pending: Pending): void {
    this.#pending.set(point, [...(this.#pending.get(point) ?? []), pending]);
    this.idle = false;
  }

  #drop(point: FaultPoint, queue: Pending[]): void {
    queue.shift();
    if (queue.length === 0) this.#pending.delete(point);
    this.idle = this.#pending.size === 0;
  }
}

const ACT_POINTS: readonly string[] = ['setFloor', 'setDesired', 'armHome', 'disarmHome', 'claim', 'disown'];

function meetingOf(point: FaultPoint, { code, when }: Fault): Meeting {
  const refusal = ACT_POINTS.includes(point) ? actRefusalOf(code, 'injected') : undefined;
  if (refusal !== undefined) return { refusal };
  const error = errorOf(point, code);
  return when === 'lost' ? { after: error } : { before: error };
}
