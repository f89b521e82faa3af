import type { Alternative, Decision } from '../models/decide/decision.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';
import type { GroupId, HomeSwitch, Rival } from './group.ts';
import type { Headroom } from './headroom.ts';
import type { LaunchShortage } from './launches.ts';
import type { Mode } from './policy.ts';

/** Levels at which the forecast of the peak is written down. */
export const LEDGER_LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

/** What the forecast said, or why there was none. */
export type ForecastNote =
  | {
      readonly kind: 'forecast';
      readonly model: string;
      readonly fittedAtMs: number;
      /** Outliers that the fit saw bridged; absent where there were none. */
      readonly repairedSteps?: number | undefined;
      readonly windowSteps: number;
      readonly expectedPeak: number;
      /** Quantiles of the peak over the lead window at `LEDGER_LEVELS`, unit of the load. */
      readonly quantiles: readonly number[];
      /** The level that the price asks for, and the load at it. */
      readonly level: number;
      readonly loadAtLevel: number;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Why the forecast had no say in a decision. */
export type DoubtNote =
  | {
      /** Its errors since the fit were not those of the fit; a refit was asked for, and ends the doubt. */
      readonly kind: 'drift';
      /** Greatest cumulative sum of the standardised errors, stability index of the errors, and the index's limit. */
      readonly cusum: number;
      readonly psi: number;
      readonly psiLimit: number;
      readonly reason: string;
    }
  | {
      /** On load that it had not seen it was no better than a season repeated. */
      readonly kind: 'no-better-than-naive';
      /** Its error relative to that of the better season. */
      readonly skill: number;
      readonly reason: string;
    };

/** Whence the boot time of a tick comes; archived with its inputs. */
export interface LeadUsed {
  readonly source: 'configured' | 'measured';
  /** What the policy says, seconds. */
  readonly configuredSeconds: number;
  /** Boots that are known, the newest twenty. */
  readonly boots: number;
  /** Their 0.9 quantile; absent while there are too few. */
  readonly measuredSeconds?: number | undefined;
}

/** The lead time of a decision, in seconds. */
export interface LeadNote extends LeadUsed {
  /** Publication delay + cadence + queue + boot + readiness. */
  readonly seconds: number;
  /** The boot time that it counts with. */
  readonly bootSeconds: number;
}

/** How unlike its history the newest load was. Evidence for people: no decision depends on it. */
export interface UnusualNote {
  /** 0 to 1; from 0.5 on it is an anomaly. */
  readonly score: number;
  /** The measure that was most surprised; null where none was. */
  readonly because: string | null;
}

/** The load that the decision saw. */
export interface LoadNote {
  /** End of the newest believed step; null when nothing was fresh. */
  readonly freshUntilMs: number | null;
  readonly latest: number | null;
  readonly observed: number;
  readonly filled: number;
  readonly blank: number;
  readonly censored: number;
  readonly rejected: number;
  /** Absent where no model remembers a history, or nothing came since it was fitted. */
  readonly unusual?: UnusualNote | undefined;
}

/** The group as it was found. */
export interface GroupNote {
  readonly minSize: CapacityUnits;
  readonly maxSize: CapacityUnits;
  readonly desired: CapacityUnits;
  readonly inService: CapacityUnits;
  readonly pending: CapacityUnits;
  readonly base: CapacityUnits;
  /** What the largest instance counts for; absent where each counts for one. */
  readonly largestWeight?: CapacityUnits | undefined;
}

/** What target tracking would want at this moment with the same load: the yardstick in every entry. */
export interface Counterfactual {
  readonly targetTracking50: CapacityUnits | null;
  readonly targetTracking70: CapacityUnits | null;
}

/** What shall be written to AWS; every value is absolute, so that doing it twice does it once. */
export interface Action {
  /** New MinSize; null leaves it. */
  readonly floor: CapacityUnits | null;
  /** New DesiredCapacity; null leaves it. */
  readonly desired: CapacityUnits | null;
  /** The dead-man's switch to arm first; null leaves it. */
  readonly arm: HomeSwitch | null;
  /** Name of the switch to remove last; null leaves it. */
  readonly disarm: string | null;
  readonly claim: boolean;
}

/** One tick of one group: written once, before anything is done, and never changed. */
export interface DecisionEntry {
  readonly version: 1;
  readonly group: GroupId;
  readonly policyName: string;
  readonly workload: string;
  readonly asOfMs: number;
  readonly wallMs: number;
  readonly mode: Mode;
  readonly load: LoadNote | null;
  /** Why the load could not be trusted; absent while it was fresh. */
  readonly blind?: string | undefined;
  /** How far ahead was looked, and why; absent in entries of before it was measured. */
  readonly lead?: LeadNote | undefined;
  /** The newest launch of the last hour that AWS could not make; absent where there was none. */
  readonly shortage?: LaunchShortage | undefined;
  readonly forecast: ForecastNote;
  /** Why the forecast had no say and the reactive arm decided alone; absent while it had. */
  readonly doubt?: DoubtNote | undefined;
  readonly groupFound: GroupNote | null;
  /** Another forecaster that moves the group; absent where none was seen, or nobody looked: nothing was to change, or a floor to be given back. */
  readonly rival?: Rival | undefined;
  /** What the account could still launch; absent where nothing was to be added. */
  readonly headroom?: Headroom | undefined;
  readonly needNow: CapacityUnits | null;
  readonly decision: Decision | null;
  readonly alternatives: readonly Alternative[];
  readonly counterfactual: Counterfactual;
  readonly action: Action;
  /** Address in the archive of the inputs from which this entry can be computed again. */
  readonly inputs: string | null;
  readonly versions: { readonly prescale: string; readonly policyVersion: number };
}

/** What came of it, written once after acting. */
export interface OutcomeEntry {
  readonly group: GroupId;
  readonly asOfMs: number;
  readonly status: 'acted' | 'recorded' | 'held' | 'refused';
  readonly reasons: readonly string[];
}

/** What an acting tick's writes came to, as the next tick that could look has read it back. */
export interface ConfirmEntry {
  readonly group: GroupId;
  readonly asOfMs: number;
  readonly seenAtMs: number;
  readonly floorSeen: CapacityUnits;
  readonly desiredSeen: CapacityUnits;
  readonly asIntended: boolean;
}

/** What a tick knows before it acts, which is written with its decision. */
export interface KnownAhead {
  /** Its own outcome, where nothing is to be done. */
  readonly outcome?: OutcomeEntry | undefined;
  /** What it has read back of an earlier decision. */
  readonly confirm?: ConfirmEntry | undefined;
}

export const noAction: Action = { floor: null, desired: null, arm: null, disarm: null, claim: false };

/** True when nothing would be written. */
export const isIdle = ({ floor, desired, arm, disarm }: Action): boolean =>
  floor === null && desired === null && arm === null && disarm === null;

/** True when a size would be written, which the next tick reads back. */
export const setsSize = ({ floor, desired }: Action): boolean => floor !== null || desired !== null;
