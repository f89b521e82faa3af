import { pathToFileURL } from 'node:url';
import type { Context, SQSEvent } from 'aws-lambda';

type Handler = (event: SQSEvent, context: Context) => Promise<unknown>;

/*
 * Takes events from the process that started this one, and answers each with the CPU milliseconds that its turn took. Its
 * argument is the bundled function's file.
 */
const [, , file = ''] = process.argv;
const { handler }: { readonly handler: Handler } = await import(pathToFileURL(file).href);

const CONTEXT = {
  functionName: 'tick',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tick:live',
  awsRequestId: '00000000-0000-0000-0000-000000000000',
  getRemainingTimeInMillis: () => 30_000,
} as Context;

/** What the function remembers for a while is as old as between two turns of a rule, though the next one follows at once. */
const MS_BETWEEN_TURNS = 300_000;

const clock = performance.now.bind(performance);
let turns = 0;
performance.now = () => clock() + turns * MS_BETWEEN_TURNS;

process.on('message', async (event: SQSEvent) => {
  const before = process.cpuUsage();
  await handler(event, CONTEXT);
  const { user, system } = process.cpuUsage(before);
  turns++;
  process.send?.((user + system) / 1000);
});
