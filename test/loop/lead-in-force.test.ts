import { describe, expect, it } from '@jest/globals';
import { groundsOf } from '../../loop/lead-in-force.ts';
import type { ModelStore } from '../../loop/ports.ts';
import { newRuntimeState } from '../../loop/runtime-state.ts';
import { policy } from './fixtures.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 12);

/** Which version of the model a tick asks for that remembers this request for a fit. */
async function askedFor(lastRefitRequestMs: number | undefined): Promise<readonly unknown[]> {
  const versions: unknown[] = [];
  const models: ModelStore = {
    load: async (_key, version) => void versions.push(version),
    save: async () => {},
  };
  await groundsOf(policy({}), { state: { ...newRuntimeState(), lastRefitRequestMs }, asOfMs: NOW }, { models });
  return versions;
}

describe('the model that a tick decides by', () => {
  it.each([
    { case: 'none was asked for', asked: undefined, version: 'lately' },
    { case: 'one was asked for a moment ago', asked: NOW - 1, version: 'newest' },
    { case: 'one was asked for just less than an hour ago', asked: NOW - HOUR + 1, version: 'newest' },
    { case: 'one was asked for an hour ago', asked: NOW - HOUR, version: 'lately' },
  ])('is looked for anew only while a fit may still come: $case', async ({ asked, version }) => {
    expect(await askedFor(asked)).toEqual([version]);
  });
});
