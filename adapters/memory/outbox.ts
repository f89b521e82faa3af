import type { DecisionEntry, OutcomeEntry } from '../../loop/ledger.ts';
import type {
  GroupId,
  Notice,
  Notices,
  RefitJob,
  RefitQueue,
  Telemetry,
  TickMessage,
  TickQueue,
} from '../../loop/ports.ts';

/** Keeps every message until somebody takes it. */
class Queue<T> {
  #waiting: T[] = [];

  push(...messages: readonly T[]): void {
    this.#waiting.push(...messages);
  }

  /** Everything that waits, oldest first; the queue is empty afterwards. */
  take(): readonly T[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}

/** Tick messages that wait for their consumer. */
export class MemoryTickQueue extends Queue<TickMessage> implements TickQueue {
  async send(messages: readonly TickMessage[]): Promise<void> {
    this.push(...messages);
  }
}

/** Fits that were asked for. */
export class MemoryRefitQueue extends Queue<RefitJob> implements RefitQueue {
  async request(job: RefitJob): Promise<void> {
    this.push(job);
  }
}

/** What people were told. */
export class MemoryNotices implements Notices {
  readonly sent: Notice[] = [];

  async send(notice: Notice): Promise<void> {
    this.sent.push(notice);
  }
}

/** What was measured, in order. */
export class MemoryTelemetry implements Telemetry {
  readonly ticks: { readonly entry: DecisionEntry; readonly outcome: OutcomeEntry }[] = [];
  readonly failures: { readonly group: GroupId; readonly code: string }[] = [];

  tick(entry: DecisionEntry, outcome: OutcomeEntry): void {
    this.ticks.push({ entry, outcome });
  }

  failure(group: GroupId, code: string): void {
    this.failures.push({ group, code });
  }
}
