import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/** Deliveries before a message is set aside; what the stack sets. */
const MAX_RECEIVES = 3;

const recordOf = (messageId: string, body: string): SQSRecord => ({
  messageId,
  body,
  receiptHandle: messageId,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'test',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:r:1:ticks',
  awsRegion: 'r',
});

/** An event as SQS hands it over, with the ids m0, m1, … */
export const eventOf = (bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map((body, i) => recordOf(`m${i}`, body)),
});

/** Delivers until the queue is empty, as SQS does with partial-batch responses; returns the ids that were set aside. */
export async function drain(
  event: SQSEvent,
  consume: (event: SQSEvent) => Promise<SQSBatchResponse>,
): Promise<readonly string[]> {
  let waiting = event.Records;
  for (let receives = 0; receives < MAX_RECEIVES && waiting.length > 0; receives += 1) {
    const { batchItemFailures } = await consume({ Records: waiting });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    waiting = waiting.filter(({ messageId }) => failed.has(messageId));
  }
  return waiting.map(({ messageId }) => messageId);
}
