import type { Duration, RemovalPolicy } from 'aws-cdk-lib';

/** Where "now" comes from: the machine, or the time that the scheduled event carries (a rehearsal of recorded days). */
export type ClockSource = 'system' | 'event';

/** Which X-Ray segments are sent: Lambda's own, with them the functions' own by Powertools' tracer, or none. */
export type Segments = 'lambda' | 'tracer' | 'off';

/** What all functions of one controller share. */
export interface ControllerSettings {
  /** Written on groups as the tag `prescale:owner`; a group with another owner is refused. */
  readonly owner: string;
  readonly clock: ClockSource;
  readonly tracing: Segments;
  readonly ledgerLife: Duration;
  readonly removalPolicy: RemovalPolicy;
  readonly parameterPrefix: string;
}
