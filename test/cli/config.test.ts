import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../cli/config.ts';

describe('the environment of the command line', () => {
  it.each([
    { case: 'nothing', env: {}, region: undefined },
    { case: 'AWS_REGION', env: { AWS_REGION: 'eu-west-1' }, region: 'eu-west-1' },
    { case: 'AWS_DEFAULT_REGION', env: { AWS_DEFAULT_REGION: 'eu-west-2' }, region: 'eu-west-2' },
    { case: 'both, AWS_REGION first', env: { AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, region: 'a' },
    { case: 'an empty AWS_REGION, which is none', env: { AWS_REGION: ' ' }, region: undefined },
  ])('takes the region from $case', ({ env, region }) => {
    expect(readConfig(env).region).toBe(region);
  });

  it('keeps parameters under /prescale unless it is told otherwise', () => {
    expect(readConfig({}).prefix).toBe('/prescale');
    expect(readConfig({ PRESCALE_PREFIX: '/team/prescale' }).prefix).toBe('/team/prescale');
  });

  it('refuses a prefix that is no parameter path, naming variable and value', () => {
    expect(() => readConfig({ PRESCALE_PREFIX: 'prescale/' })).toThrow('PRESCALE_PREFIX: "prescale/"');
  });

  it.each([
    { value: undefined, debug: false },
    { value: '0', debug: false },
    { value: '', debug: false },
    { value: '1', debug: true },
  ])('PRESCALE_DEBUG=$value means debug $debug', ({ value, debug }) => {
    expect(readConfig({ PRESCALE_DEBUG: value }).debug).toBe(debug);
  });
});
