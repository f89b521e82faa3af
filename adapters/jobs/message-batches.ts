import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import { AwsCallError, attempted } from '../aws/aws-call-error.ts';

/** The failed part of an answer to SendMessageBatch. */
export interface BatchAnswer {
  readonly Failed?: readonly { readonly Id?: string | undefined; readonly Code?: string | undefined }[] | undefined;
}

/** Sends up to ten messages to the queue. */
export type SendBatch = (entries: SendMessageBatchRequestEntry[]) => Promise<BatchAnswer>;

/** The real one; throws `AwsCallError`. */
export const sendBatchTo =
  (client: SQSClient, queueUrl: string): SendBatch =>
  (Entries) =>
    attempted('SendMessageBatch', () => client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries })));

const BATCH = 10;
const AT_ONCE = 8;
const TRIES = 3;

/**
 * Sends every body, ten to a call and a few calls at once. Those that SQS did not take are sent again, twice at most; then
 * throws `AwsCallError`, and some bodies may have been sent: consumers know duplicates.
 */
export async function sendAll(bodies: readonly string[], send: SendBatch): Promise<void> {
  const batches: string[][] = [];
  for (let i = 0; i < bodies.length; i += BATCH) batches.push(bodies.slice(i, i + BATCH));
  const lanes = Array.from({ length: Math.min(AT_ONCE, batches.length) }, async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await sendWhole(batch, send);
  });
  await Promise.all(lanes);
}

async function sendWhole(bodies: readonly string[], send: SendBatch): Promise<void> {
  let left = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
  let codes: readonly string[] = [];
  for (let tries = 0; tries < TRIES && left.length > 0; tries++) {
    const failed = (await send(left)).Failed ?? [];
    const ids = new Set(failed.map(({ Id }) => Id));
    codes = failed.map(({ Code }) => Code ?? 'unknown');
    left = left.filter(({ Id }) => ids.has(Id));
  }
  if (left.length === 0) return;
  const detail = { call: 'SendMessageBatch', aws: codes[0] ?? 'unknown', messages: left.length };
  const said = `SendMessageBatch: ${left.length} of ${bodies.length} messages were not taken (${codes.join(', ')})`;
  throw new AwsCallError(said, { code: 'AWS_CALL', retryable: true, detail });
}
