import { codeOf } from '../models/kernel/errors.ts';
import { type CapacityUnits, maxUnits, units } from '../models/kernel/units.ts';
import type { GroupId } from './group.ts';
import type { Headroom, HeadroomLimit, HeadroomReader } from './headroom.ts';
import type { GroupSnapshot, Telemetry } from './ports.ts';

/**
 * The headroom, or the reason why it is not known. This guard alone fails open: it spares a raise that AWS would refuse,
 * and where it knows nothing AWS still refuses by itself, while holding would leave a group short for want of a figure.
 */
export async function readHeadroom(
  group: GroupId,
  { headroom, telemetry }: { readonly headroom: HeadroomReader; readonly telemetry: Telemetry },
): Promise<Headroom> {
  try {
    return await headroom.headroom(group);
  } catch (error) {
    telemetry.failure(group, codeOf(error));
    return { limits: [], unknown: [error instanceof Error ? error.message : String(error)] };
  }
}

/** The highest target that can be launched, and the limit that says so. */
export interface Reachable {
  readonly most: CapacityUnits;
  readonly limit: HeadroomLimit;
}

/**
 * How far a group can get: what is there or on its way, and what can still be launched; never below what is ordered
 * already, which a raise does not add to. Undefined where nothing is limited. Pure.
 */
export function reachable(
  { limits }: Headroom,
  { inService, pending }: Pick<GroupSnapshot, 'inService' | 'pending'>,
  ordered: CapacityUnits,
): Reachable | undefined {
  const tightest = limits.reduce<HeadroomLimit | undefined>(
    (least, one) => (least === undefined || one.units < least.units ? one : least),
    undefined,
  );
  if (tightest === undefined) return undefined;
  return { most: maxUnits(ordered, units(inService + pending + tightest.units)), limit: tightest };
}
