import type { SizeChange } from './aws-refusals.ts';
import type { Schedule } from './scenario.ts';

/** What one action does to the group that it names. All but `scale-in` are calls of the API. */
export type GroupCall =
  | { readonly kind: 'set-desired'; readonly desired: number; readonly honorCooldown?: boolean }
  | { readonly kind: 'update'; readonly change: SizeChange }
  | { readonly kind: 'schedule'; readonly action: Schedule }
  | { readonly kind: 'unschedule'; readonly name: string }
  /** Sets or lifts the protection from scale-in of so many units in service, the oldest first. */
  | { readonly kind: 'protect'; readonly units: number; readonly on: boolean }
  /** Ends the wait of all units of this transition. */
  | {
      readonly kind: 'complete-lifecycle';
      readonly transition: 'launch' | 'terminate';
      readonly result: 'CONTINUE' | 'ABANDON';
    }
  /** Replaces every unit; in-service units stay at or above this share of desired, in [0, 1]. */
  | { readonly kind: 'start-refresh'; readonly minHealthyShare: number }
  | { readonly kind: 'cancel-refresh' }
  /** Suspends exactly these processes; `Launch`, `Terminate` and `ScheduledActions` matter. */
  | { readonly kind: 'suspend'; readonly processes: readonly string[] }
  /**
   * The group's own dynamic policy releases so many units in service at the end of the step, which they still serve and
   * are billed for; units on their way stay.
   */
  | { readonly kind: 'scale-in'; readonly units: number };

export type Action = GroupCall & { readonly group: string };
