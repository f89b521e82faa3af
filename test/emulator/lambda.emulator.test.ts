import { crc32 } from 'node:zlib';
import { CreateFunctionCommand, DeleteFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, describe, expect, it } from '@jest/globals';

/** A zip file with one stored entry (PKWARE APPNOTE 4.3: local header, central directory, end record). */
const zipOf = (name: string, text: string): Uint8Array => {
  const [path, data] = [Buffer.from(name), Buffer.from(text)];
  const facts = Buffer.alloc(22);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt32LE(crc32(data), 10);
  facts.writeUInt32LE(data.length, 14);
  facts.writeUInt32LE(data.length, 18);
  const names = Buffer.alloc(4);
  names.writeUInt16LE(path.length, 0);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), facts, names, path, data]);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'),
    facts,
    names,
    Buffer.alloc(14),
    path,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
};

describe('a function on the emulator', () => {
  const lambda = new LambdaClient({ maxAttempts: 1 });
  const FunctionName = `emulator-check-${process.pid}`;

  afterAll(async () => {
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    lambda.destroy();
  });

  it('runs CommonJS on Node 22 with every endpoint of the test in its environment', async () => {
    const names = ['AWS_ENDPOINT_URL_AUTO_SCALING', 'AWS_ENDPOINT_URL_EC2', 'AWS_ENDPOINT_URL_CLOUDWATCH'];
    const code = `exports.handler = async (names) => [process.version, ...names.map((name) => process.env[name])];`;
    const Code = { ZipFile: zipOf('index.js', code) };
    const Role = 'arn:aws:iam::000000000000:role/emulator-check';
    await lambda.send(
      new CreateFunctionCommand({ FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role, Code }),
    );
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(names)) }),
    );
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString());
    expect(answer).toEqual([expect.stringMatching(/^v22\./), ...names.map((name) => process.env[name] ?? null)]);
  });
});
