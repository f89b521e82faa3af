import { describe, expect, it } from '@jest/globals';
import { propsFromContext } from '../../cdk/bin/context.ts';

describe('propsFromContext', () => {
  it('deploys a running loop of five minutes when nothing is said', () => {
    const props = propsFromContext({ '@aws-cdk/core:checkSecretUsage': true });
    expect(props).toMatchObject({ scheduled: true, clock: 'system', ephemeral: false, deployment: 'canary' });
    expect(props.every?.toMinutes()).toBe(5);
    expect(props.ledgerLife?.toDays()).toBe(90);
  });

  it('reads the words of the command line', () => {
    const props = propsFromContext({
      'prescale:schedule': 'disabled',
      'prescale:everyMinutes': '1',
      'prescale:ephemeral': 'true',
      'prescale:tracing': 'off',
    });
    expect(props).toMatchObject({ scheduled: false, ephemeral: true, tracing: 'off' });
    expect(props.every?.toMinutes()).toBe(1);
  });

  it.each([
    {
      case: 'a mistyped key',
      context: { 'prescale:shedule': 'disabled' },
      says: /unknown "prescale:shedule"; known are schedule/,
    },
    { case: 'an unknown word', context: { 'prescale:schedule': 'off' }, says: /prescale:schedule:/ },
    { case: 'half a minute', context: { 'prescale:everyMinutes': '0.5' }, says: /prescale:everyMinutes:/ },
  ])('refuses $case', ({ context, says }) => {
    expect(() => propsFromContext(context)).toThrow(says);
  });
});
