import { describe, expect, it } from '@jest/globals';
import { misplaced, requireEndpoint, requireRegion } from '../../cli/aws-place.ts';
import { BadInputError } from '../../models/kernel/errors.ts';

describe('where the controller may be', () => {
  it.each(['us-east-1', 'ap-southeast-7', 'us-gov-west-1', 'us-isob-east-1', 'eu-isoe-west-1', 'eusc-de-east-1'])(
    'takes %s for a region',
    (region) => {
      expect(() => requireRegion(region, '--region')).not.toThrow();
    },
  );

  it.each(['nowhere-9', 'eu west', '', 'eu-west', 'eu-west-1a', 'EU-WEST-1', 'eu-west-1.example.org'])(
    'refuses "%s" as a region and says where it was given',
    (region) => {
      expect(() => requireRegion(region, '--region')).toThrow(`--region: "${region}" is not an AWS region`);
    },
  );

  it.each(['nonsense', 'http://', 'ftp://x', 'localhost:4566'])('refuses "%s" as an endpoint', (url) => {
    expect(() => requireEndpoint(url, 'AWS_ENDPOINT_URL')).toThrow(`AWS_ENDPOINT_URL: "${url}" is not an endpoint`);
  });

  it('takes a web server for an endpoint', () => {
    expect(() => requireEndpoint('http://127.0.0.1:4566', 'AWS_ENDPOINT_URL')).not.toThrow();
  });

  it('takes a host that nobody has for a mistake in the region or the endpoint, and nothing else', () => {
    const unknown = { code: 'ENOTFOUND', hostname: 'ssm.xx-north-7.amazonaws.com' };
    const found = misplaced(Object.assign(new Error('getaddrinfo ENOTFOUND'), unknown));
    expect(found).toBeInstanceOf(BadInputError);
    expect(found?.message).toContain('there is no host ssm.xx-north-7.amazonaws.com: is the region');
    expect(misplaced(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))).toBeUndefined();
    expect(misplaced('no')).toBeUndefined();
  });
});
