import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Fault } from '../../../tools/emulator/gate/faults.ts';

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
const Now = z.object({ nowMs: z.number() });

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
  nowMs(): Promise<number>;
  /** Stops the clock at an instant and runs what came due by then; null hands it back to the machine. */
  setNow(nowMs: number | null): Promise<void>;
}

const endpoint = (): string => process.env['AWS_ENDPOINT_URL_AUTO_SCALING'] ?? process.env['AWS_ENDPOINT_URL'] ?? '';

async function hasGate(): Promise<boolean> {
  try {
    const answer = await fetch(`${endpoint()}/_prescale/health`, { signal: AbortSignal.timeout(2000) });
    return answer.ok && z.object({ ok: z.literal(true) }).safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${endpoint()}/_prescale/${path}`, { method, ...sent });
  if (!answer.ok) throw new Error(`the gate answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  return answer.json();
}

/** The gate in front of Auto Scaling; undefined where the endpoint has none (LocalStack, for example). */
export async function findGate(): Promise<GateControl | undefined> {
  if (!(await hasGate())) return undefined;
  return {
    fault: async (fault) => void (await control('POST', 'faults', fault)),
    faultsLeft: async () => Faults.parse(await control('GET', 'faults')).faults.length,
    clearFaults: async () => void (await control('DELETE', 'faults')),
    calls: async (filter) => Calls.parse(await control('GET', `calls?${new URLSearchParams(filter)}`)).calls,
    nowMs: async () => Now.parse(await control('GET', 'clock')).nowMs,
    setNow: async (nowMs) => void (await control('POST', 'clock', { nowMs })),
  };
}

/** Says in the run's own result what cannot be shown at an endpoint without a gate. Fails when there is one after all. */
export function notCovered(what: string, need: string): void {
  describe(`${what}: not covered here, for it needs ${need}`, () => {
    it(`is left out because ${endpoint()} has no gate`, async () => {
      expect(await hasGate()).toBe(false);
    });
  });
}
