import type { EpochMs } from '../models/kernel/series.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';

/** Which group, for ever: account, region and group ARN in one; `name` is what the API calls take. */
export interface GroupId {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** The scheduled action that restores a group's MinSize when the controller is gone. */
export interface HomeSwitch {
  readonly name: string;
  readonly startMs: EpochMs;
  readonly minSize: CapacityUnits;
}

/** Another forecaster that moves the same group. */
export type Rival = 'aws-predictive-scaling';
