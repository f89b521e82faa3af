import { instant } from '../models/kernel/series.ts';
import type { Home } from './base.ts';
import type { Ruling } from './guard.ts';
import type { Ports, TickMessage } from './ports.ts';
import { questions } from './settle.ts';
import type { FleetLimits } from './tick-contract.ts';
import type { Answers, TickInputs } from './tick-inputs.ts';

/**
 * Asks the world for what a change needs: what else acts on the group, and room in the budgets that all groups share.
 * A tick that changes nothing asks nothing.
 */
export async function ask(
  inputs: TickInputs,
  draft: { readonly ruling: Ruling; readonly home: Home },
  room: { readonly ports: Ports; readonly message: TickMessage; readonly fleet: FleetLimits },
): Promise<Answers> {
  const wanted = questions(inputs, draft.ruling, draft.home);
  const { ports, message, fleet } = room;
  const surroundings = wanted.surroundings ? await ports.groups.surroundings(message.group) : undefined;
  const largeChangeGranted = wanted.largeChange
    ? await ports.blastRadius.takeLargeChange(message.asOfMs, message.group, largeChangeLimit(message.fleetSize, fleet))
    : undefined;
  const minute = instant(Math.floor(inputs.wallMs / 60_000) * 60_000);
  const grantedUnits =
    wanted.addedUnits > 0 && largeChangeGranted !== false
      ? await ports.blastRadius.takeUnits(minute, wanted.addedUnits, fleet.maxUnitsPerMinute)
      : undefined;
  return {
    ...(surroundings === undefined ? {} : { surroundings }),
    ...(surroundings?.hasPredictivePolicy ? { rival: 'aws-predictive-scaling' as const } : {}),
    ...(largeChangeGranted === undefined ? {} : { largeChangeGranted }),
    ...(grantedUnits === undefined ? {} : { grantedUnits }),
  };
}

/** A fifth of the fleet may change by much in one tick; in a small fleet a few groups always may. */
export const largeChangeLimit = (fleetSize: number, fleet: FleetLimits): number =>
  Math.max(fleet.breakerLeastGroups, Math.floor(fleetSize * fleet.breakerShare));
