import { describe, expect, it } from '@jest/globals';
import { readTickEnv } from '../../../lambdas/tick/config.ts';
import { settingsOf } from '../../../lambdas/tick/settings.ts';

const environment = (EVERY_MINUTES: string | undefined): NodeJS.ProcessEnv => ({
  STATE_TABLE: 'table',
  STATE_BUCKET: 'bucket',
  REFIT_QUEUE_URL: 'https://sqs/refits',
  NOTICES_TOPIC_ARN: 'arn:notices',
  PARAMETER_PREFIX: '/prescale',
  OWNER: 'me',
  CLOCK: 'system',
  LEDGER_DAYS: '90',
  GROUP_METRICS: 'false',
  EVERY_MINUTES,
});

describe('the pace at which a deployed tick is begun', () => {
  it.each([
    { case: 'the minutes of the rule', given: '5', everySeconds: 300 },
    { case: 'none where no rule begins it', given: 'by-hand', everySeconds: undefined },
  ])('is $case', ({ given, everySeconds }) => {
    const settings = settingsOf(readTickEnv(environment(given)), import.meta.url);
    expect(settings).toMatchObject({ owner: 'me', everySeconds });
  });

  it.each([{ given: undefined }, { given: '' }, { given: '0' }, { given: '2.5' }])(
    'is refused at the cold start when it is $given',
    ({ given }) => {
      expect(() => readTickEnv(environment(given))).toThrow(/EVERY_MINUTES/);
    },
  );
});
