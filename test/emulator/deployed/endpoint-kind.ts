import { describe, expect, it } from '@jest/globals';

/**
 * What stands at the endpoints of this run. `emulator`: this project's own, with a gate that knows faults and another time,
 * and functions that run as processes of this machine. `whole`: one emulator for everything, without a gate (LocalStack).
 * `split`: groups behind the gate and the rest elsewhere, so that deployed functions do not reach the groups.
 */
export type EndpointKind = 'emulator' | 'whole' | 'split';

/** Where Auto Scaling and the gate's own controls are. */
export const groupsEndpoint = (): string =>
  process.env['AWS_ENDPOINT_URL_AUTO_SCALING'] ?? process.env['AWS_ENDPOINT_URL'] ?? '';

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** Finds out by asking both for their health. */
export async function endpointKind(): Promise<EndpointKind> {
  if (!(await answers(`${groupsEndpoint()}/_prescale/health`))) return 'whole';
  return (await answers(`${process.env['AWS_ENDPOINT_URL'] ?? ''}/_ministack/health`)) ? 'emulator' : 'split';
}

/** Says in the run's own result what cannot be shown at this kind of endpoint; fails when it is of another kind. */
export function notCovered(kind: Exclude<EndpointKind, 'emulator'>, what: string, need: string): void {
  describe(`not covered at these endpoints: ${what}`, () => {
    it(`is left out, for it needs ${need}`, async () => {
      expect(await endpointKind()).toBe(kind);
    });
  });
}
