import type { BlastRadius, GroupId } from '../../loop/ports.ts';
import type { EpochMs } from '../../models/kernel/series.ts';

/** Counters of the newest minute and tick, and of some before: older ones are dropped, as their items expire. */
export class MemoryBlastRadius implements BlastRadius {
  readonly #units = new Map<number, number>();
  readonly #large = new Map<number, Set<string>>();

  async takeUnits(minuteMs: EpochMs, wanted: number, cap: number): Promise<number> {
    const taken = this.#units.get(minuteMs) ?? 0;
    const granted = Math.max(0, Math.min(wanted, cap - taken));
    if (granted > 0) keepNewest(this.#units).set(minuteMs, taken + granted);
    return granted;
  }

  async takeLargeChange(tickMs: EpochMs, group: GroupId, limit: number): Promise<boolean> {
    const counted = this.#large.get(tickMs) ?? new Set<string>();
    if (!counted.has(group.arn) && counted.size >= limit) return false;
    counted.add(group.arn);
    keepNewest(this.#large).set(tickMs, counted);
    return true;
  }
}

const KEPT = 1000;

/** Maps keep the order of insertion, so that the first key is the oldest. */
function keepNewest<V>(counters: Map<number, V>): Map<number, V> {
  if (counters.size > KEPT) for (const oldest of [...counters.keys()].slice(0, KEPT / 2)) counters.delete(oldest);
  return counters;
}
