import type { Ports, TickMessage } from './ports.ts';
import { refusalEntry } from './record.ts';

/** What the ledger says of a tick that came after a newer one. */
export const SUPERSEDED = 'a newer tick of this group has begun: this one is recorded and moves nothing';

/**
 * Writes down that a tick came after a newer one, and nothing else: no lease is taken, no state read. Where an earlier
 * delivery of the same tick left its intent, that stands as it is: it may have had an effect.
 */
export async function recordSuperseded(
  message: TickMessage,
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  version: string,
): Promise<void> {
  const { group, asOfMs } = message;
  const outcome = { group, asOfMs, status: 'refused', reasons: [SUPERSEDED] } as const;
  await ledger.intend(refusalEntry(message, clock.wall(), version), { outcome });
}
