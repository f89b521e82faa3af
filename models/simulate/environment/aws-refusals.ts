/**
 * What AWS refuses and emulators bless, as pure rules over plain data: the in-memory twin and the gate in front of
 * the emulator ask the same table. Each rule names the page it comes from; a message quoted from a live account says so.
 * Time is always an argument (epoch milliseconds).
 */

const AUTO_SCALING_API = 'docs.aws.amazon.com/autoscaling/ec2/APIReference/';
const AUTO_SCALING_GUIDE = 'docs.aws.amazon.com/autoscaling/ec2/userguide/';

/** One refusal as AWS words it: the error's code, its message, the HTTP status, and the page that promises it. */
export interface AwsRefusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly source: string;
}

/** The sizes of a group. Units: whatever the group counts in (instances or weights). */
export interface GroupSizes {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
}

/** Sizes named by a request; an absent one keeps the group's value. */
export type SizeChange = { readonly [K in keyof GroupSizes]?: number | undefined };

const validation = (message: string, page: string): AwsRefusal => ({
  code: 'ValidationError',
  message,
  status: 400,
  source: page,
});

/**
 * The group does not exist. The code and message are what a live account answered (terraform issue 17238); the pages
 * list ValidationError among the errors common to all actions. DescribeAutoScalingGroups answers an empty list instead.
 */
export const unknownGroupRefusal = (): AwsRefusal =>
  validation('AutoScalingGroup name not found - null', `${AUTO_SCALING_API}CommonErrors.html`);

/**
 * Sizes after a create or update: what the request names over what the group has. When MinSize rises above desired, or
 * MaxSize falls below it, and the request names no desired, desired moves to the bound.
 * Source: API_UpdateAutoScalingGroup, the two notes on MinSize and MaxSize without DesiredCapacity.
 */
export const sizesAfter = (group: GroupSizes, change: SizeChange): GroupSizes => {
  const min = change.min ?? group.min;
  const max = change.max ?? group.max;
  const carried = change.min !== undefined && group.desired < min ? min : group.desired;
  const bounded = change.max !== undefined && carried > max ? max : carried;
  return { min, max, desired: change.desired ?? bounded };
};

/**
 * Refuses sizes that no group may have: min above max, desired outside [min, max], a negative size.
 * For CreateAutoScalingGroup, UpdateAutoScalingGroup and a scheduled action that fires.
 * Message of desired: as live accounts answer it (convox/praxis pull request 258).
 */
export const sizesRefusal = ({ min, max, desired }: GroupSizes): AwsRefusal | null => {
  const page = `${AUTO_SCALING_API}API_UpdateAutoScalingGroup.html`;
  if (min < 0 || max < 0 || desired < 0) return validation('sizes must not be negative', page);
  if (min > max) return validation(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`, page);
  if (desired < min || desired > max) {
    return validation(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
      page,
    );
  }
  return null;
};

/** What SetDesiredCapacity must know; instants in epoch milliseconds. */
export interface DesiredRequest {
  readonly group: GroupSizes;
  readonly desired: number;
  readonly honorCooldown: boolean;
  /** End of the cooldown that the last scaling activity began; null when none ran. */
  readonly cooldownEndsMs: number | null;
  readonly nowMs: number;
}

/**
 * SetDesiredCapacity: outside the bounds, or within the cooldown that the caller asked to honour.
 * Source: API_SetDesiredCapacity (errors) and the guide's page on manual scaling and cooldowns.
 */
export const setDesiredRefusal = (request: DesiredRequest): AwsRefusal | null => {
  const { group, desired } = request;
  const page = `${AUTO_SCALING_API}API_SetDesiredCapacity.html`;
  if (desired > group.max) {
    return validation(
      `New SetDesiredCapacity value ${desired} is above max value ${group.max} for the AutoScalingGroup.`,
      page,
    );
  }
  if (desired < group.min) {
    return validation(
      `New SetDesiredCapacity value ${desired} is below min value ${group.min} for the AutoScalingGroup.`,
      page,
    );
  }
  const cooling = request.cooldownEndsMs !== null && request.nowMs < request.cooldownEndsMs;
  return request.honorCooldown && cooling ? scalingActivityInProgress() : null;
};

/** SetDesiredCapacity without DesiredCapacity. Source: API_SetDesiredCapacity, DesiredCapacity is required. */
export const missingDesiredRefusal = (): AwsRefusal =>
  validation(
    "1 validation error detected: Value null at 'desiredCapacity' failed to satisfy constraint: Member must not be null",
    `${AUTO_SCALING_API}API_SetDesiredCapacity.html`,
  );

/** A scaling activity or its cooldown blocks the call. Source: API_SetDesiredCapacity, error ScalingActivityInProgress. */
export const scalingActivityInProgress = (): AwsRefusal => ({
  code: 'ScalingActivityInProgress',
  message: "The operation can't be performed because there are scaling activities in progress.",
  status: 400,
  source: `${AUTO_SCALING_API}API_SetDesiredCapacity.html`,
});

/**
 * Another update of the same resource is pending; retryable. No rule decides when: the twin and the gate are told.
 * Source: API_UpdateAutoScalingGroup, error ResourceContention (HTTP 500).
 */
export const resourceContention = (): AwsRefusal => ({
  code: 'ResourceContention',
  message: 'You already have a pending update to an Amazon EC2 Auto Scaling resource.',
  status: 500,
  source: `${AUTO_SCALING_API}API_UpdateAutoScalingGroup.html`,
});

/** The caller asked too often; retryable. Source: CommonErrors, error Throttling (ThrottlingException). */
export const throttling = (): AwsRefusal => ({
  code: 'Throttling',
  message: 'Rate exceeded',
  status: 400,
  source: `${AUTO_SCALING_API}CommonErrors.html`,
});

/** Scheduled actions that one group may have. Source: the guide's page on quotas. */
export const SCHEDULED_ACTIONS_PER_GROUP = 125;

/** Scheduled actions in one BatchPutScheduledUpdateGroupAction. Source: its API page. */
export const SCHEDULED_ACTIONS_PER_BATCH = 50;

/** A scheduled action to be stored; StartTime in epoch milliseconds, null when only a recurrence is given. */
export interface ScheduledRequest extends SizeChange {
  readonly name: string;
  readonly startMs: number | null;
}

/** One action that the group already has. */
export interface ScheduledSlot {
  readonly name: string;
  readonly startMs: number;
}

const scheduledSizesRefusal = ({ min, max, desired }: SizeChange): AwsRefusal | null => {
  const page = `${AUTO_SCALING_API}API_PutScheduledUpdateGroupAction.html`;
  if (min === undefined && max === undefined && desired === undefined) {
    return validation('You must specify at least one of the following: MaxSize, MinSize, DesiredCapacity', page);
  }
  const [low, high, want] = [min ?? -Infinity, max ?? Infinity, desired ?? Number.NaN];
  if (low > high) return validation('Max size must be greater than or equal to min size', page);
  if (want < low) return validation('Desired capacity must be greater than or equal to min size', page);
  if (want > high) return validation('Desired capacity must be less than or equal to max size', page);
  return null;
};

/**
 * PutScheduledUpdateGroupAction, and each member of the batch form: no size named, sizes that contradict one another, a
 * start in the past, a start that another action of the group has, the 126th action. A put under a name that exists
 * replaces it, so its own start does not conflict. Messages of the second to fourth: as live accounts answer
 * (buildkite stack issue 139, terraform-provider-aws pull request 3033, TerraConstructs issue 127).
 * Source: API_PutScheduledUpdateGroupAction; the guide's "Scheduled scaling" considerations and quotas.
 */
export const scheduledActionRefusal = (
  request: ScheduledRequest,
  existing: readonly ScheduledSlot[],
  nowMs: number,
): AwsRefusal | null => {
  const sizes = scheduledSizesRefusal(request);
  if (sizes !== null) return sizes;
  if (request.startMs !== null && request.startMs <= nowMs) {
    return validation('Given start time is in the past', `${AUTO_SCALING_API}API_PutScheduledUpdateGroupAction.html`);
  }
  const others = existing.filter((slot) => slot.name !== request.name);
  if (others.some((slot) => slot.startMs === request.startMs)) {
    return {
      code: 'AlreadyExists',
      message: 'Scheduled action with this scheduled start time already exists',
      status: 400,
      source: `${AUTO_SCALING_GUIDE}ec2-auto-scaling-scheduled-scaling.html`,
    };
  }
  if (others.length >= SCHEDULED_ACTIONS_PER_GROUP) {
    return {
      code: 'LimitExceeded',
      message: `Scheduled action limit of ${SCHEDULED_ACTIONS_PER_GROUP} exceeded for this group`,
      status: 400,
      source: `${AUTO_SCALING_GUIDE}ec2-auto-scaling-quotas.html`,
    };
  }
  return null;
};

/** BatchPutScheduledUpdateGroupAction with more than 50 members is refused as a whole. Source: its API page. */
export const scheduledBatchRefusal = (members: number): AwsRefusal | null =>
  members <= SCHEDULED_ACTIONS_PER_BATCH
    ? null
    : validation(
        `${members} scheduled actions given: member must have length less than or equal to ${SCHEDULED_ACTIONS_PER_BATCH}`,
        `${AUTO_SCALING_API}API_BatchPutScheduledUpdateGroupAction.html`,
      );

/** A refresh of the group is already running. Source: API_StartInstanceRefresh, error InstanceRefreshInProgress. */
export const instanceRefreshInProgress = (): AwsRefusal => ({
  code: 'InstanceRefreshInProgress',
  message: 'An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.',
  status: 400,
  source: `${AUTO_SCALING_API}API_StartInstanceRefresh.html`,
});

/** There is no refresh to cancel. Source: API_CancelInstanceRefresh, error ActiveInstanceRefreshNotFound. */
export const activeInstanceRefreshNotFound = (): AwsRefusal => ({
  code: 'ActiveInstanceRefreshNotFound',
  message: 'No in progress or pending Instance Refresh found for the Auto Scaling group.',
  status: 400,
  source: `${AUTO_SCALING_API}API_CancelInstanceRefresh.html`,
});

/** No instance waits at a lifecycle hook of this transition. Source: API_CompleteLifecycleAction; CommonErrors. */
export const noActiveLifecycleAction = (): AwsRefusal =>
  validation(
    'No active Lifecycle Action found with instance ID',
    `${AUTO_SCALING_API}API_CompleteLifecycleAction.html`,
  );
