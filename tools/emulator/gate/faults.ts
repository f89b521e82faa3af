import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { AwsRefusal } from '../../../models/simulate/environment/aws-refusals.ts';
import {
  resourceContention,
  scalingActivityInProgress,
  throttling,
} from '../../../models/simulate/environment/aws-refusals.ts';

/**
 * What the next calls of an action meet: an AWS error code, `reset` (the connection breaks before the emulator sees the call),
 * `lost` (the emulator acts, the answer is lost), or only a delay when `code` is absent.
 */
export const Fault = z.strictObject({
  action: z.string().min(1),
  code: z.string().min(1).optional(),
  times: z.number().int().positive().default(1),
  delayMs: z.number().nonnegative().max(60_000).default(0),
});
export type Fault = z.output<typeof Fault>;

/** What a fault does to one call. */
export type FaultEffect =
  | { readonly kind: 'pass' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refuse'; readonly refusal: AwsRefusal };

const STATUS: Readonly<Record<string, number>> = {
  InternalFailure: 500,
  InsufficientInstanceCapacity: 500,
  ServiceUnavailable: 503,
  AccessDenied: 403,
};

const refusalFor = (code: string): AwsRefusal => {
  const known = [throttling(), resourceContention(), scalingActivityInProgress()].find((one) => one.code === code);
  return known ?? { code, message: `injected ${code}`, status: STATUS[code] ?? 400, source: 'injected by the caller' };
};

const effectOf = (code: string | undefined): FaultEffect => {
  if (code === undefined) return { kind: 'pass' };
  return code === 'reset' || code === 'lost' ? { kind: code } : { kind: 'refuse', refusal: refusalFor(code) };
};

/** Faults waiting for calls, used up in the order given. */
export interface FaultQueue {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** Takes one use for a call of this action, waits its delay, and says what happens. */
  meet(action: string): Promise<FaultEffect>;
}

/** An empty queue. */
export const faultQueue = (): FaultQueue => {
  let waiting: Fault[] = [];
  return {
    add: (fault) => {
      waiting.push(fault);
    },
    clear: () => {
      waiting = [];
    },
    list: () => [...waiting],
    meet: async (action) => {
      const fault = waiting.find((one) => one.action === action);
      if (fault === undefined) return { kind: 'pass' };
      waiting = waiting.flatMap((one) =>
        one !== fault ? [one] : one.times > 1 ? [{ ...one, times: one.times - 1 }] : [],
      );
      if (fault.delayMs > 0) await sleep(fault.delayMs);
      return effectOf(fault.code);
    },
  };
};
