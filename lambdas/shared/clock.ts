import type { Clock } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';

/** The machine's clock. */
export const systemClock: Clock = { wall: () => instant(Date.now()) };

export interface ClockChoice {
  readonly source: 'system' | 'event';
  /** Newest instant that the events of this run carry. */
  readonly newestMs: EpochMs;
  /** ARN by which this function was called; tells the account. */
  readonly calledAs: string;
}

/** The account that emulators play. */
const EMULATOR_ACCOUNT = '000000000000';

/**
 * The clock of one run: the machine's, or, for a rehearsal of recorded days, one that stands at the newest event.
 * Throws `BadInputError` when a rehearsal is asked for in a real account: the stack refuses that too, but a setting can
 * be changed after it was deployed.
 */
export function clockOf({ source, newestMs, calledAs }: ClockChoice): Clock {
  if (source === 'system') return systemClock;
  const account = calledAs.split(':')[4] ?? '';
  if (account !== EMULATOR_ACCOUNT) {
    throw new BadInputError(
      `CLOCK=event is refused in account "${account}": it needs the emulator's ${EMULATOR_ACCOUNT}`,
    );
  }
  return { wall: () => newestMs };
}
