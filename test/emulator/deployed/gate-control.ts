import { z } from 'zod';
import type { Fault } from '../../../tools/emulator/gate/faults.ts';
import { groupsEndpoint } from './endpoint-kind.ts';

const Calls = z.object({
  calls: z.array(
    z.object({
      atMs: z.number(),
      action: z.string(),
      group: z.string().nullable(),
      parameters: z.record(z.string(), z.string()),
      outcome: z.string(),
    }),
  ),
});
const Faults = z.object({ faults: z.array(z.unknown()) });

/** One call that the gate has seen, as its log tells it. */
export type SeenCall = z.output<typeof Calls>['calls'][number];

/** What only the gate of `tools/emulator` can do, by its control endpoints; whatever process it runs in. */
export interface GateControl {
  /** The next calls of an action meet this. */
  fault(fault: Partial<Fault> & Pick<Fault, 'action'>): Promise<void>;
  /** Faults that no call has met yet. */
  faultsLeft(): Promise<number>;
  clearFaults(): Promise<void>;
  /** Calls that named a group, oldest first. */
  calls(filter: { readonly group: string; readonly action?: string }): Promise<readonly SeenCall[]>;
  /** Stops the clock at an instant and runs what came due by then; null hands it back to the machine. */
  setNow(nowMs: number | null): Promise<void>;
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${groupsEndpoint()}/_prescale/${path}`, { method, ...sent });
  if (!answer.ok) throw new Error(`the gate answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  return answer.json();
}

/** The gate in front of Auto Scaling, where there is one. */
export const gateControl = (): GateControl => ({
  fault: async (fault) => void (await control('POST', 'faults', fault)),
  faultsLeft: async () => Faults.parse(await control('GET', 'faults')).faults.length,
  clearFaults: async () => void (await control('DELETE', 'faults')),
  calls: async (filter) => Calls.parse(await control('GET', `calls?${new URLSearchParams(filter)}`)).calls,
  setNow: async (nowMs) => void (await control('POST', 'clock', { nowMs })),
});
