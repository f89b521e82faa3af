import { describe, expect, it } from '@jest/globals';
import { parseTickMessage } from '../../../lambdas/tick/message.ts';

const message = {
  version: 1,
  group: {
    arn: 'arn:aws:autoscaling:r:1:autoScalingGroup:u:autoScalingGroupName/web',
    name: 'web',
    account: '1',
    region: 'r',
  },
  policyName: 'web',
  asOfMs: 1_700_000_000_000,
  fleetSize: 3,
};

describe('parseTickMessage', () => {
  it('gives back what discovery sent', () => {
    expect(parseTickMessage(JSON.stringify(message))).toEqual({ ok: true, value: message });
  });

  it.each([
    { case: 'text', body: 'hello', says: 'not JSON' },
    { case: 'another version', body: JSON.stringify({ ...message, version: 2 }), says: /^version: / },
    { case: 'a time in words', body: JSON.stringify({ ...message, asOfMs: 'now' }), says: /^asOfMs: / },
    { case: 'half a millisecond', body: JSON.stringify({ ...message, asOfMs: 0.5 }), says: /^asOfMs: / },
    { case: 'no group', body: JSON.stringify({ ...message, group: undefined }), says: /^group: / },
    { case: 'a key that we do not know', body: JSON.stringify({ ...message, desired: 9 }), says: /desired/ },
  ])('refuses $case', ({ body, says }) => {
    expect(parseTickMessage(body)).toEqual({ ok: false, refusal: expect.stringMatching(says) });
  });
});
