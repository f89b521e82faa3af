import type { BeginRefusal, Begun, GroupId, Lease, RuntimeStore } from '../../loop/ports.ts';
import { newRuntimeState, type RuntimeState } from '../../loop/runtime-state.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { LeaseLostError } from '../record/lease-lost-error.ts';

interface Kept {
  readonly group: GroupId;
  readonly begunMs: number;
  readonly lease: { readonly holder: string; readonly untilMs: number } | undefined;
  readonly state: RuntimeState | undefined;
}

/** Runtime states by group ARN. */
export class MemoryRuntimeStore implements RuntimeStore {
  readonly #kept = new Map<string, Kept>();

  async begin(group: GroupId, lease: Lease): Promise<Result<Begun, BeginRefusal>> {
    const kept = this.#kept.get(group.arn);
    if (kept !== undefined && kept.begunMs > lease.asOfMs) {
      return refuse({ kind: 'superseded', lastAsOfMs: kept.begunMs });
    }
    const held = kept?.lease;
    if (held !== undefined && held.holder !== lease.holder && held.untilMs > lease.wallMs) {
      return refuse({ kind: 'leased', holder: held.holder, untilMs: held.untilMs });
    }
    const { holder, untilMs, asOfMs } = lease;
    this.#kept.set(group.arn, { group, begunMs: asOfMs, lease: { holder, untilMs }, state: kept?.state });
    return accept({
      state: kept?.state ?? newRuntimeState(),
      settled: kept !== undefined && kept.state?.lastAsOfMs === kept.begunMs,
    });
  }

  async commit(group: GroupId, holder: string, state: RuntimeState): Promise<void> {
    const kept = this.#kept.get(group.arn);
    if (kept === undefined || kept.lease?.holder !== holder) {
      throw new LeaseLostError(`the lease of ${holder} on ${group.name} is lost`, { holder, group: group.name });
    }
    this.#kept.set(group.arn, { ...kept, lease: undefined, state });
  }

  async peek(group: GroupId): Promise<RuntimeState | undefined> {
    return this.#kept.get(group.arn)?.state;
  }

  async *known(): AsyncIterable<GroupId> {
    for (const { group } of [...this.#kept.values()]) yield group;
  }

  async forget(group: GroupId): Promise<void> {
    this.#kept.delete(group.arn);
  }
}
