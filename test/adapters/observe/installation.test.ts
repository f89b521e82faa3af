import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readInstallation } from '../../../adapters/observe/installation.ts';
import { BadInputError } from '../../../models/kernel/errors.ts';

const WHOLE = {
  table: 'state',
  bucket: 'objects',
  tickQueueUrl: 'https://queue/ticks',
  refitQueueUrl: 'https://queue/refits',
  noticesTopicArn: 'arn:aws:sns:eu-west-1:123456789012:notices',
  owner: '123456789012/eu-west-1/PrescaleController',
};

/** Answers as SSM does on the wire; `parameters` is what it holds. */
let parameters: Record<string, string> = {};
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const name = typeof asked === 'object' && asked !== null && 'Name' in asked ? String(asked.Name) : '';
      const value = parameters[name];
      response.statusCode = value === undefined ? 400 : 200;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(
        JSON.stringify(
          value === undefined
            ? { __type: 'ParameterNotFound', message: '' }
            : { Parameter: { Name: name, Value: value } },
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const TOUCHED = [
  'AWS_ENDPOINT_URL',
  'AWS_REGION',
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
];
let before: Record<string, string | undefined>;
beforeEach(() => {
  before = Object.fromEntries(TOUCHED.map((name) => [name, process.env[name]]));
  for (const name of TOUCHED) delete process.env[name];
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`;
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
  process.env['AWS_CONFIG_FILE'] = '/dev/null';
});
afterEach(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

const here = { region: 'eu-west-1', prefix: '/prescale' };

describe('finding the installation', () => {
  it('reads the parameter that the stack writes, and ignores what a newer stack adds', async () => {
    parameters = { '/prescale/installation': JSON.stringify({ ...WHOLE, dashboard: 'https://…' }) };
    expect(await readInstallation(here)).toEqual(WHOLE);
  });

  it('takes the region from the environment when none is given', async () => {
    parameters = { '/prescale/installation': JSON.stringify(WHOLE) };
    process.env['AWS_REGION'] = 'eu-west-1';
    expect(await readInstallation({ region: undefined, prefix: '/prescale' })).toEqual(WHOLE);
  });

  it.each([
    {
      case: 'nothing is deployed',
      held: {},
      said: 'no Prescale in eu-west-1: the parameter /prescale/installation is not there',
    },
    {
      case: 'the parameter is not JSON',
      held: { '/prescale/installation': 'hello' },
      said: 'not a description of an installation',
    },
    {
      case: 'a part is missing',
      held: { '/prescale/installation': JSON.stringify({ ...WHOLE, table: undefined }) },
      said: 'table:',
    },
  ])('refuses where $case', async ({ held, said }) => {
    parameters = held;
    await expect(readInstallation(here)).rejects.toThrow(BadInputError);
    await expect(readInstallation(here)).rejects.toThrow(said);
  });

  it('says what to do where nobody is signed in', async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
    await expect(readInstallation(here)).rejects.toThrow(
      /^no AWS credentials.*: sign in .*AWS_PROFILE.*AWS_ACCESS_KEY_ID/,
    );
  });

  it('says what to do where no region is set', async () => {
    const nowhere = { region: undefined, prefix: '/prescale' };
    await expect(readInstallation(nowhere)).rejects.toThrow('no AWS region: give --region, set AWS_REGION');
  });
});
