import type { InstanceRefresh, ScalingPolicy, ScheduledUpdateGroupAction } from '@aws-sdk/client-auto-scaling';
import type { ScheduledAction } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';

/** An exact capacity may be below the present one; any other adjustment scales in when it is negative. */
const shrinks = (policy: ScalingPolicy, adjustment: number | undefined): boolean =>
  policy.AdjustmentType === 'ExactCapacity' || (adjustment ?? 0) < 0;

/** True when a dynamic policy may scale the group in. A policy that is switched off does nothing. */
export function scalesIn(policy: ScalingPolicy): boolean {
  if (policy.Enabled === false) return false;
  switch (policy.PolicyType) {
    case 'TargetTrackingScaling':
      return policy.TargetTrackingConfiguration?.DisableScaleIn !== true;
    case 'StepScaling':
      return (policy.StepAdjustments ?? []).some((step) => shrinks(policy, step.ScalingAdjustment));
    case 'SimpleScaling':
      return shrinks(policy, policy.ScalingAdjustment);
    default:
      return false;
  }
}

/** True when AWS's own predictive scaling moves the group; one that only forecasts does not. */
export const scalesAhead = ({ PolicyType, PredictiveScalingConfiguration }: ScalingPolicy): boolean =>
  PolicyType === 'PredictiveScaling' && PredictiveScalingConfiguration?.Mode === 'ForecastAndScale';

const UNDER_WAY: readonly (string | undefined)[] = [
  'Pending',
  'InProgress',
  'Cancelling',
  'RollbackInProgress',
  'Baking',
];

export const isUnderWay = ({ Status }: InstanceRefresh): boolean => UNDER_WAY.includes(Status);

/** A scheduled action with its next start; undefined for one that will not start again. */
export function scheduledActionOf(action: ScheduledUpdateGroupAction): ScheduledAction | undefined {
  const start = action.StartTime ?? action.Time;
  if (start === undefined) return undefined;
  return {
    name: action.ScheduledActionName ?? '',
    startMs: instant(start.getTime()),
    minSize: action.MinSize === undefined ? undefined : units(action.MinSize),
    recurring: action.Recurrence !== undefined,
  };
}
