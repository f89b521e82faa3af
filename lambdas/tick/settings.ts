import type { TickSettings } from '../../loop/tick.ts';
import manifest from '../../package.json' with { type: 'json' };

/** Longer than the function may run (30 s), so that a lease never ends under a tick that still acts. */
const LEASE_SECONDS = 45;

/** What bounds one controller's turns: the blast radius of a wrong forecast, and the identity on what it touches. */
export const settingsOf = (owner: string): Omit<TickSettings, 'remainingMs'> => ({
  owner,
  version: manifest.version,
  leaseSeconds: LEASE_SECONDS,
  fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
});
