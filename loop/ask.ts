import { instant } from '../models/kernel/series.ts';
import { maxUnits, minUnits } from '../models/kernel/units.ts';
import type { Home } from './base.ts';
import type { Ruling } from './guard.ts';
import type { Headroom } from './headroom.ts';
import { reachable, readHeadroom } from './launchable.ts';
import type { Ports, TickMessage } from './ports.ts';
import { questions, unitsAdded } from './settle.ts';
import type { FleetLimits } from './tick-contract.ts';
import type { Answers, TickInputs } from './tick-inputs.ts';

/**
 * Asks the world for what a change needs: what else acts on the group, what the account can still launch, and room in the
 * budgets that all groups share.
 * A tick that changes nothing asks nothing.
 */
export async function ask(
  inputs: TickInputs,
  draft: { readonly ruling: Ruling; readonly home: Home },
  room: { readonly ports: Ports; readonly message: TickMessage; readonly fleet: FleetLimits },
): Promise<Answers> {
  const wanted = questions(inputs, draft.ruling, draft.home);
  const { ports, message, fleet } = room;
  const [surroundings, headroom] = await Promise.all([
    wanted.surroundings === 'nothing' ? undefined : ports.groups.surroundings(message.group, wanted.surroundings),
    wanted.addedUnits > 0 ? readHeadroom(message.group, ports) : undefined,
  ]);
  const largeChangeGranted = wanted.largeChange
    ? await ports.blastRadius.takeLargeChange(message.asOfMs, message.group, largeChangeLimit(message.fleetSize, fleet))
    : undefined;
  const minute = instant(Math.floor(inputs.wallMs / 60_000) * 60_000);
  const addedUnits = headroom === undefined ? 0 : launchable(inputs, draft.ruling, headroom);
  const grantedUnits =
    addedUnits > 0 && largeChangeGranted !== false
      ? await ports.blastRadius.takeUnits(minute, addedUnits, fleet.maxUnitsPerMinute)
      : undefined;
  return {
    ...(surroundings === undefined ? {} : { surroundings }),
    ...(surroundings?.hasPredictivePolicy ? { rival: 'aws-predictive-scaling' as const } : {}),
    ...(headroom === undefined ? {} : { headroom }),
    ...(largeChangeGranted === undefined ? {} : { largeChangeGranted }),
    ...(grantedUnits === undefined ? {} : { grantedUnits }),
  };
}

/** Units that would be added as far as the account can launch them: no others are taken from the budget that all share. */
function launchable(inputs: TickInputs, { decision, lever }: Ruling, headroom: Headroom): number {
  const ordered = maxUnits(inputs.snapshot.desired, lever);
  const most = reachable(headroom, inputs.snapshot, ordered)?.most ?? decision.target;
  return unitsAdded(inputs, minUnits(decision.target, most), ordered);
}

/** A fifth of the fleet may change by much in one tick; in a small fleet a few groups always may. */
export const largeChangeLimit = (fleetSize: number, fleet: FleetLimits): number =>
  Math.max(fleet.breakerLeastGroups, Math.floor(fleetSize * fleet.breakerShare));
