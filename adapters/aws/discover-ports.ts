import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { GroupReader, TickQueue } from '../../loop/ports.ts';
import { sendBatchTo } from '../jobs/message-batches.ts';
import { SqsTickQueue } from '../jobs/sqs-tick-queue.ts';
import { AutoScalingGroupReader } from '../observe/auto-scaling-group-reader.ts';
import { scalingCalls } from '../observe/scaling-calls.ts';
import { clientSettings } from './clients.ts';

/** Settings of the function `discover`, named as its environment names them. */
export interface DiscoverPlaces {
  readonly TICK_QUEUE_URL: string;
}

/** What `discover` needs and nothing else: its bundle holds two clients. */
export const discoverPorts = (env: DiscoverPlaces): { readonly groups: GroupReader; readonly queue: TickQueue } => ({
  groups: new AutoScalingGroupReader(scalingCalls(new AutoScalingClient(clientSettings()))),
  queue: new SqsTickQueue(sendBatchTo(new SQSClient(clientSettings()), env.TICK_QUEUE_URL)),
});
