import type { Context, SQSEvent } from 'aws-lambda';
import { handler } from '../../lambdas/tick/handler.ts';

/** Takes events from the process that started this one, and answers each with the CPU milliseconds that its turn took. */

const CONTEXT = {
  functionName: 'tick',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tick:live',
  awsRequestId: '00000000-0000-0000-0000-000000000000',
  getRemainingTimeInMillis: () => 30_000,
} as Context;

process.on('message', async (event: SQSEvent) => {
  const before = process.cpuUsage();
  await (handler as unknown as (event: SQSEvent, context: Context) => Promise<unknown>)(event, CONTEXT);
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / 1000);
});
