import type { GroupSizes } from './aws-refusals.ts';
import type { Cohort } from './cohort.ts';
import type { EnvironmentEvent, Happening } from './events.ts';
import type { Schedule } from './scenario.ts';
import type { GroupSetting, Setting } from './setting.ts';

/** What the last whole step was scored by. Units. */
export interface StepRecord {
  /** Units that served it. */
  readonly serving: number;
  /** Units that existed, booting and leaving ones included. */
  readonly existing: number;
  /** Launched since the step before was scored. */
  readonly launched: number;
  /** In service and pending after the step's moves, the release at its end included. */
  readonly capacity: number;
}

/** One group at the beginning of a step: plain data. */
export interface GroupState {
  readonly sizes: GroupSizes;
  /** In the order of their launch. */
  readonly cohorts: readonly Cohort[];
  readonly schedules: readonly Schedule[];
  readonly suspended: readonly string[];
  /** Version of the launch template that new units have. */
  readonly version: number;
  readonly refresh: { readonly minHealthyShare: number } | null;
  /** When desired last changed; null when it never did. */
  readonly lastActivityMs: number | null;
  /** Step in which units were last launched; −Infinity when none were. */
  readonly launchedStep: number;
  /** Units launched so far, the first fleet not included. */
  readonly launches: number;
  /** Of them those that were launched before the last step was scored. */
  readonly scoredLaunches: number;
  /** Unit-steps billed so far: whole unless billed by the second. */
  readonly billed: number;
  /** Unit-steps missing so far; blanks count nothing. */
  readonly short: number;
  readonly step: StepRecord;
}

/** The environment at the beginning of step t, after what fell due by then. States share what did not change. */
export interface EnvironmentState {
  readonly setting: Setting;
  readonly t: number;
  readonly groups: readonly GroupState[];
  /** Calls of the API in the minute of the clock that the last one fell into. */
  readonly calls: { readonly minute: number; readonly count: number };
}

/** A group while one transition works on it: a shallow copy, whose parts are replaced and never written to. */
export type GroupDraft = { -readonly [K in keyof GroupState]: GroupState[K] };

/** One group's part of a transition. */
export interface Turn {
  readonly setting: GroupSetting;
  readonly group: GroupDraft;
  readonly events: EnvironmentEvent[];
  /** Units that the account may still launch. */
  readonly account: { room: number };
  /** Beginning of the step: what is older has been billed. */
  readonly billedUntilMs: number;
}

export function emit({ events, setting }: Turn, atMs: number, happening: Happening): void {
  events.push({ ...happening, atMs, group: setting.name });
}
