import { afterAll, beforeAll, describe } from '@jest/globals';
import { portsContract } from '../contract/ports.contract.ts';
import { AwsAccounts } from './aws-account.ts';

describe('the AWS adapters', () => {
  const accounts = new AwsAccounts();
  beforeAll(() => accounts.create(), 30_000);
  afterAll(() => accounts.destroy(), 30_000);

  portsContract(() => accounts.open());
});
