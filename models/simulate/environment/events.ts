import type { GroupCall } from './actions.ts';
import type { AwsRefusal } from './aws-refusals.ts';

/** Why units ended. `cancelled`: before they were in service. */
export type TerminationCause = 'cancelled' | 'scale-in' | 'spot' | 'refresh' | 'abandoned';

export type Happening =
  | { readonly kind: 'launched'; readonly pool: number; readonly units: number; readonly readyAtMs: number }
  | { readonly kind: 'in-service'; readonly pool: number; readonly units: number; readonly launchedAtMs: number }
  | {
      readonly kind: 'terminated';
      readonly pool: number;
      readonly units: number;
      /** Of units joined because nothing told them apart: when the oldest was launched. */
      readonly launchedAtMs: number;
      readonly cause: TerminationCause;
    }
  /** Left service and waits at the terminating hook. */
  | {
      readonly kind: 'leaving';
      readonly pool: number;
      readonly units: number;
      readonly cause: TerminationCause;
      readonly untilMs: number;
    }
  | {
      readonly kind: 'interruption-notice';
      readonly pool: number;
      readonly units: number;
      readonly reclaimAtMs: number;
    }
  | { readonly kind: 'insufficient-capacity'; readonly pool: number; readonly units: number }
  | { readonly kind: 'units-quota-exceeded'; readonly units: number }
  /** `fired`, `suspended`, or the code of AWS's refusal. */
  | { readonly kind: 'scheduled'; readonly name: string; readonly outcome: string }
  | { readonly kind: 'refused'; readonly call: GroupCall['kind']; readonly refusal: AwsRefusal }
  /** Units that a scale-in could not take because they are protected. */
  | { readonly kind: 'protected'; readonly units: number }
  | { readonly kind: 'refresh-finished' };

/** What happened in one transition: when (true time, epoch milliseconds) and to which group (its name). */
export type EnvironmentEvent = Happening & { readonly atMs: number; readonly group: string };
