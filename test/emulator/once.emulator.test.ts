import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { openTable } from '../../adapters/aws/open-table.ts';
import { systemClock } from '../../adapters/clock.ts';
import { OnceStore } from '../../lambdas/discover/once.ts';
import type { Clock } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';

const TableName = `once-${process.pid}`;

const SECOND_MS = 1000;

const context: Context = {
  awsRequestId: 'r',
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'discover',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:discover',
  logGroupName: 'g',
  logStreamName: 's',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 60 * SECOND_MS,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

/** Fans out by `work`, once for each time, as the function `discover` does; its clock may run ahead. */
function guarded<T>(work: () => Promise<T>, aheadMs = 0) {
  const clock: Clock = { wall: () => instant(systemClock.wall() + aheadMs) };
  // Powertools answers from its own memory otherwise, and the table would not be asked.
  const config = new IdempotencyConfig({ eventKeyJmesPath: 'time', expiresAfterSeconds: 3600, useLocalCache: false });
  config.registerLambdaContext(context);
  const persistenceStore = new OnceStore(openTable(TableName), clock);
  return makeIdempotent(async (_event: { readonly time: string }) => work(), { persistenceStore, config });
}

describe('an event that is delivered twice', () => {
  const client = new DynamoDBClient({});
  beforeAll(async () => {
    process.env['AWS_LAMBDA_FUNCTION_NAME'] ??= 'discover';
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      }),
    );
    await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName });
  });
  afterAll(async () => {
    await client.send(new DeleteTableCommand({ TableName }));
    client.destroy();
  });

  it('is fanned out once, and answered twice', async () => {
    let runs = 0;
    const fanOut = guarded(async () => ({ groups: ++runs }));
    const event = { time: '2026-01-01T00:00:00Z' };
    expect([await fanOut(event), await fanOut(event)]).toEqual([{ groups: 1 }, { groups: 1 }]);
    expect(runs).toBe(1);
  });

  it('is no reason to skip the next one', async () => {
    let runs = 0;
    const fanOut = guarded(async () => ({ groups: ++runs }));
    await fanOut({ time: '2026-01-01T00:05:00Z' });
    await fanOut({ time: '2026-01-01T00:10:00Z' });
    expect(runs).toBe(2);
  });

  it('is fanned out by the retry when the first run failed', async () => {
    let runs = 0;
    const fanOut = guarded(async () => {
      runs += 1;
      if (runs === 1) throw new Error('SQS did not answer');
      return { groups: runs };
    });
    const event = { time: '2026-01-01T00:15:00Z' };
    await expect(fanOut(event)).rejects.toThrow('SQS did not answer');
    expect(await fanOut(event)).toEqual({ groups: 2 });
  });

  it('is refused while the first run is under way', async () => {
    let begin = (): void => {};
    let release = (): void => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = guarded(async () => {
      begin();
      await held;
      return { groups: 1 };
    });
    const event = { time: '2026-01-01T00:20:00Z' };
    const running = first(event);
    await begun;
    const second = guarded(async () => ({ groups: 2 }));
    await expect(second(event)).rejects.toThrow(IdempotencyAlreadyInProgressError);
    release();
    expect(await running).toEqual({ groups: 1 });
  });

  it('is taken over when the first run did not live to finish', async () => {
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const died = guarded(() => {
      begin();
      return new Promise<{ groups: number }>(() => {});
    });
    const event = { time: '2026-01-01T00:25:00Z' };
    void died(event);
    await begun;
    const later = guarded(async () => ({ groups: 2 }), 61 * SECOND_MS);
    expect(await later(event)).toEqual({ groups: 2 });
  });
});
