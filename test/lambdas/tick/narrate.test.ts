import { describe, expect, it } from '@jest/globals';
import { narrated } from '../../../lambdas/tick/narrate.ts';
import { entry, group } from '../entry.ts';
import { recordedVoice } from '../recorded-voice.ts';

function listener() {
  const heard: string[] = [];
  const { voice, said, counts } = recordedVoice();
  const inner = { tick: () => heard.push('tick'), failure: () => heard.push('failure') };
  return { telemetry: narrated(inner, voice), heard, said, counts };
}

describe('the log of a turn', () => {
  it('has one line for each stage, all under the id of the tick', () => {
    const { telemetry, said, heard } = listener();
    telemetry.tick(entry, { group, asOfMs: entry.asOfMs, status: 'recorded', reasons: [] });
    expect(said.map(({ message }) => message)).toEqual([
      'observe',
      'clean',
      'forecast',
      'decide',
      'guard',
      'act',
      'record',
    ]);
    expect(new Set(said.map(({ facts }) => facts['tick']))).toEqual(new Set(['web@2026-01-01T00:00:00.000Z']));
    expect(heard).toEqual(['tick']);
  });

  it.each([
    { code: 'THROTTLED', throttled: 1 },
    { code: 'RequestLimitExceeded', throttled: 1 },
    { code: 'TooManyRequestsException', throttled: 1 },
    { code: 'ACCESS_DENIED', throttled: undefined },
  ])('counts $code as throttling: $throttled', ({ code, throttled }) => {
    const { telemetry, counts, heard } = listener();
    telemetry.failure(group, code);
    expect(counts.get('CallsThrottled')).toBe(throttled);
    expect(heard).toEqual(['failure']);
  });
});
