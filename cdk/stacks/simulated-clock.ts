import { Token } from 'aws-cdk-lib';
import type { ClockSource } from '../constructs/settings.ts';

/** The account that emulators play; AWS never gives it to anybody. */
export const EMULATOR_ACCOUNT = '000000000000';

export interface ClockRequest {
  readonly clock: ClockSource;
  readonly account: string;
  readonly scheduled: boolean;
}

/**
 * Throws unless a simulated clock can do no harm: with one, a recorded event would move real capacity by a load that is
 * long past. It needs the emulator's account, known while synthesising, and a schedule that is disabled.
 */
export function refuseSimulatedClockInProduction({ clock, account, scheduled }: ClockRequest): void {
  if (clock === 'system') return;
  if (Token.isUnresolved(account)) {
    throw new Error(
      `a simulated clock needs account ${EMULATOR_ACCOUNT}, and this stack's account is not known while synthesising`,
    );
  }
  if (account !== EMULATOR_ACCOUNT) {
    throw new Error(
      `a simulated clock is refused in account ${account}: it needs the emulator's account ${EMULATOR_ACCOUNT}`,
    );
  }
  if (scheduled)
    throw new Error('a simulated clock needs a disabled schedule: give the context prescale:schedule=disabled');
}
