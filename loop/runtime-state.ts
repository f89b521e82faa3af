import type { CapacityUnits } from '../models/kernel/units.ts';
import type { Rival } from './group.ts';
import type { LaunchShortage } from './launches.ts';

/**
 * What a group's controller remembers between two ticks. Plain JSON; instants are epoch milliseconds.
 * Everything else is read anew each time.
 */
export interface RuntimeState {
  readonly version: 1;
  readonly lastAsOfMs: number;
  /** The last MinSize that we did not write: where home is. */
  readonly base: CapacityUnits | undefined;
  /** The MinSize that we wrote last; undefined while the floor is the group's own. */
  readonly lastFloor: CapacityUnits | undefined;
  /** The DesiredCapacity that we wrote last, in mode `desired`. */
  readonly lastDesired: CapacityUnits | undefined;
  /** Where the lever would stand if the mode let us act; kept in the modes `observe` and `advise`. */
  readonly shadow: CapacityUnits | undefined;
  readonly armed: ArmedSwitch | undefined;
  readonly lastScaleInMs: number | undefined;
  /** What earlier ticks wanted, newest last; the scale-in hold takes their maximum. */
  readonly recentWants: readonly Want[];
  readonly blindSinceMs: number | undefined;
  /** Reactive need at the last tick that saw fresh load. */
  readonly lastFreshNeed: CapacityUnits | undefined;
  /** The tick whose effect has not been read back yet. */
  readonly unconfirmed: Unconfirmed | undefined;
  readonly lastRefitRequestMs: number | undefined;
  /** What that fit was asked for: `terms` of the model's key. */
  readonly lastRefitTerms: string | undefined;
  /** The trouble that people were told of last; undefined once it has been gone for an hour. */
  readonly told: Told | undefined;
  /** The other forecaster that people were told of; undefined once it has been seen gone. */
  readonly rivalTold: Rival | undefined;
  /** The target that people were advised last, in mode `advise`. */
  readonly advised: CapacityUnits | undefined;
  /** How the group's launches went; undefined until they have been looked at. */
  readonly launches: LaunchMemory | undefined;
  /** Load that was read and is not in the history yet: half an hour at most, so that one failed read loses none of it. */
  readonly unstored: readonly UnstoredSamples[];
}

/** How a group's launches went. */
export interface LaunchMemory {
  /** From launch to in service, seconds, of the newest boots, oldest first: twenty at most. */
  readonly bootSeconds: readonly number[];
  /** Launches that ended until then have been read. */
  readonly readUntilMs: number;
  /** When they were read last, or tried to be. */
  readonly lookedMs: number;
  /** True once something is on its way, or has come, that was not read. */
  readonly unread: boolean;
  /** Capacity in service at the last tick. */
  readonly inService: CapacityUnits;
  /** The newest launch that AWS could not make for want of something. */
  readonly shortage?: LaunchShortage | undefined;
  readonly lead?: LearnedLead | undefined;
}

/** The boot time that was learned, in seconds. */
export interface LearnedLead {
  /** What the policy said meanwhile: with another figure it is learned anew. */
  readonly configuredSeconds: number;
  /** What decisions use; absent where that is the configured one. */
  readonly inForceSeconds?: number | undefined;
  /** When that changed last; absent where it never did. */
  readonly sinceMs?: number | undefined;
  /** What a model was asked for, and when; absent where none is waited for. */
  readonly askedSeconds?: number | undefined;
  readonly askedMs?: number | undefined;
}

/** Samples of one metric, ascending. */
export interface UnstoredSamples {
  /** `metricKey` of the metric. */
  readonly metric: string;
  readonly stampsMs: readonly number[];
  readonly values: readonly number[];
}

/** What keeps the controller from acting, in the words of a notice. */
export const TROUBLES = ['bad-input', 'refused', 'blind-home', 'admission'] as const;

export type Trouble = (typeof TROUBLES)[number];

export interface Told {
  readonly trouble: Trouble;
  /** The newest tick that met it. */
  readonly lastSeenMs: number;
}

export interface ArmedSwitch {
  readonly name: string;
  readonly startMs: number;
  /** What it restores: the base, or what a schedule of the owner sets before it fires. */
  readonly minSize: CapacityUnits;
  /** The base that it was armed for. */
  readonly base: CapacityUnits;
}

export interface Want {
  readonly asOfMs: number;
  readonly target: CapacityUnits;
}

export interface Unconfirmed {
  readonly asOfMs: number;
  readonly floor: CapacityUnits | undefined;
  readonly desired: CapacityUnits | undefined;
}

/** The state of a group never seen before. */
export const newRuntimeState = (): RuntimeState => ({
  version: 1,
  lastAsOfMs: 0,
  base: undefined,
  lastFloor: undefined,
  lastDesired: undefined,
  shadow: undefined,
  armed: undefined,
  lastScaleInMs: undefined,
  recentWants: [],
  blindSinceMs: undefined,
  lastFreshNeed: undefined,
  unconfirmed: undefined,
  lastRefitRequestMs: undefined,
  lastRefitTerms: undefined,
  told: undefined,
  rivalTold: undefined,
  advised: undefined,
  launches: undefined,
  unstored: [],
});
