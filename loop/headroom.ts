import type { CapacityUnits } from '../models/kernel/units.ts';
import type { GroupId } from './group.ts';

/** One thing of which an account has only so much. */
export interface HeadroomLimit {
  readonly of: 'vcpu-quota' | 'subnet-addresses';
  /** Units of the group that can still be launched within it. */
  readonly units: CapacityUnits;
  /** The figures behind it, for people. */
  readonly said: string;
}

/** What an account can still launch for a group. */
export interface Headroom {
  readonly limits: readonly HeadroomLimit[];
  /** What could not be told, and why; it limits nothing. */
  readonly unknown: readonly string[];
}

/**
 * Tells what an account can still launch for a group. Read before a raise, minutes old at most. What cannot be told is
 * named rather than guessed; throws only where nothing at all could be read.
 */
export interface HeadroomReader {
  headroom(group: GroupId): Promise<Headroom>;
}
