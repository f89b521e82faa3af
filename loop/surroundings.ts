import type { EpochMs } from '../models/kernel/series.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';

export interface ScheduledAction {
  readonly name: string;
  readonly startMs: EpochMs;
  readonly minSize: CapacityUnits | undefined;
  readonly recurring: boolean;
}

/** What else acts on a group; read before a change, because our floor has to live beside it. */
export interface GroupSurroundings {
  readonly scheduledActions: readonly ScheduledAction[];
  /** True when a dynamic policy may scale the group in (target tracking with scale-in, step or simple with a negative step). */
  readonly hasScaleInPolicy?: boolean;
  /** True when AWS's own predictive scaling moves it. Both are absent where the policies were not asked for. */
  readonly hasPredictivePolicy?: boolean;
  readonly refreshing: boolean;
}

/** What of that is asked for: nobody's policies undo a floor that is given back. */
export type SurroundingsAsked = 'all' | 'all-but-policies';
