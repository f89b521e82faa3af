import { systemClock } from '../../adapters/clock.ts';
import type { Clock } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import type { EpochMs } from '../../models/kernel/series.ts';

/** The account that emulators play. */
const EMULATOR_ACCOUNT = '000000000000';

/** A clock that every port shares, and that each run of the function sets. */
export interface RunClock extends Clock {
  /**
   * Begins a run: `newestMs` is the newest instant that its events carry, `calledAs` the ARN by which it was called.
   * Throws `BadInputError` when a rehearsal is asked for in a real account: the stack refuses that too, but a setting
   * can be changed after it was deployed.
   */
  begin(newestMs: EpochMs, calledAs: string): void;
}

/** The machine's clock, or, for a rehearsal of recorded days, one that stands at the newest event of the run. */
export function runClock(source: 'system' | 'event'): RunClock {
  if (source === 'system') return { ...systemClock, begin: () => {} };
  let standing: EpochMs | undefined;
  return {
    wall: () => standing ?? systemClock.wall(),
    begin: (newestMs, calledAs) => {
      const account = calledAs.split(':')[4] ?? '';
      if (account !== EMULATOR_ACCOUNT) {
        throw new BadInputError(
          `CLOCK=event is refused in account "${account}": it needs the emulator's ${EMULATOR_ACCOUNT}`,
        );
      }
      standing = newestMs;
    },
  };
}
