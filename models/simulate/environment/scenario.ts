import type { Replay } from '../scaling-problem.ts';
import type { SizeChange } from './aws-refusals.ts';

/** How long a unit takes from its launch until it can serve; a lifecycle wait comes after it. */
export type BootTime =
  /** @default the boot steps of the replay */
  | { readonly kind: 'constant'; readonly seconds: number }
  /** exp(ln median + sigma·z) for each unit, z standard normal. */
  | { readonly kind: 'lognormal'; readonly medianSeconds: number; readonly sigma: number }
  /** Times once measured: the n-th unit launched takes the n-th, from the first again after the last. */
  | { readonly kind: 'recorded'; readonly seconds: readonly number[] };

/** Shares of launches that a pool grants over time: a value in [0, 1], or whether it grants any; 1 before the first. */
export interface Availability {
  /** Change points, ascending, epoch milliseconds; each value holds until the next. */
  readonly atMs: readonly number[];
  readonly granted: readonly (number | boolean)[];
}

/** One kind of capacity: instance type × zone × market. */
export interface Pool {
  readonly type: string;
  readonly zone: string;
  readonly market: 'on-demand' | 'spot';
  /** @default always granted */
  readonly availability?: Availability;
}

/** How spot units are taken back, each two minutes after its notice. */
export interface SpotRules {
  /** Expected interruptions of one unit in one hour. @default 0 */
  readonly perHour?: number;
  /** All units of a spot pool are given notice when its availability falls to nothing. @default false */
  readonly whenUnavailable?: boolean;
}

/** A wait of the launching or terminating instance, ended by `complete-lifecycle` or after `seconds`. */
export interface LifecycleHook {
  readonly seconds: number;
  /** What happens when nobody completes it. An abandoned launch is terminated and launched anew. */
  readonly atTimeout: 'CONTINUE' | 'ABANDON';
}

/** A schedule of the group; one that repeats has the time between two starts. */
export interface Schedule extends SizeChange {
  readonly name: string;
  readonly startMs: number;
  readonly everyMs?: number;
}

/** What goes wrong with the group's load metric. Shares are of samples, in [0, 1], each drawn for itself. */
export interface MetricFaults {
  /** Samples that come later than the replay's lag, by 1 to `lateSteps` steps. @default 0 */
  readonly lateShare?: number;
  /** @default 3 */
  readonly lateSteps?: number;
  /** Samples that never come. @default 0 */
  readonly missingShare?: number;
  /** Samples that are read too early: for one step they hold only a part of the load. @default 0 */
  readonly partialShare?: number;
  /** Samples that are delivered twice. @default 0 */
  readonly duplicatedShare?: number;
}

/** One Auto Scaling group and its load. Every option left out is off: what remains is the plain scaling problem. */
export interface GroupScenario {
  readonly name: string;
  /** Load, need, price and boot steps; scored steps are the environment's steps. */
  readonly replay: Replay;
  /** Units in service at first. @default the need of the first scored step */
  readonly initialReady?: number;
  /** @default 0 */
  readonly min?: number;
  /** @default no bound */
  readonly max?: number;
  readonly boot?: BootTime;
  /** After boot the unit serves, but a controller counts it as pending for so long. @default 0 */
  readonly warmUpSeconds?: number;
  /** Default cooldown, for callers that honour it. @default 0 */
  readonly cooldownSeconds?: number;
  readonly lifecycle?: { readonly launch?: LifecycleHook; readonly terminate?: LifecycleHook };
  /** Units are protected from scale-in from their launch on. @default false */
  readonly protectNew?: boolean;
  readonly schedules?: readonly Schedule[];
  /** In order of preference among equally filled zones. @default one on-demand pool that always grants */
  readonly pools?: readonly Pool[];
  readonly spot?: SpotRules;
  readonly metrics?: MetricFaults;
}

/** Limits of the account and its API. */
export interface AccountRules {
  /** Calls that the API takes in one minute of the clock; the rest are throttled. @default no limit */
  readonly callsPerMinute?: number;
  /** Share of calls refused because another update is pending. @default 0 */
  readonly contentionShare?: number;
  /** Units that all groups together may run. @default no limit */
  readonly unitsQuota?: number;
}

/** The controller's clock against the true one, in milliseconds. */
export interface ClockRules {
  /** @default 0 */
  readonly skewMs?: number;
  /** Each reading is off by up to this, either way; the clock may run backwards. @default 0 */
  readonly jitterMs?: number;
}

/** Several groups of one account on one clock: equal steps, equal scored steps, different names. */
export interface Scenario {
  readonly groups: readonly GroupScenario[];
  /** Epoch milliseconds at which step 0 of the replays begins. @default 0 */
  readonly startMs?: number;
  /** Scheduled actions fire up to two minutes late. @default false */
  readonly schedulesLate?: boolean;
  readonly account?: AccountRules;
  readonly clock?: ClockRules;
  /** Bills each unit by the second, for at least so many. @default whole steps, booting ones included */
  readonly billing?: { readonly minimumSeconds: number };
}
