import type { EpochMs } from '../models/kernel/series.ts';
import type { GroupReader, TaggedGroup, TickQueue } from './ports.ts';

/**
 * Finds every group that a person handed to a policy and sends one tick message for each. All are found before the first
 * is sent, because each message carries the size of the fleet.
 */
export async function discover(
  asOfMs: EpochMs,
  ports: { readonly groups: GroupReader; readonly queue: TickQueue },
): Promise<{ readonly groups: number }> {
  const found: TaggedGroup[] = [];
  for await (const tagged of ports.groups.tagged()) found.push(tagged);
  await ports.queue.send(
    found.map(({ group, policyName }) => ({ version: 1, group, policyName, asOfMs, fleetSize: found.length })),
  );
  return { groups: found.length };
}
