import {
  type LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { TickMessage } from '../../../loop/ports.ts';
import type { Installation } from '../../../tools/emulator/deploy-stack.ts';
import { eventually } from './eventually.ts';

const Redrive = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() });

/** The queue between `discover` and `tick`, and the mapping that takes messages from it. */
export class TickWork {
  // Queue URLs name `localhost`, the endpoint 127.0.0.1: the endpoint is what is meant.
  readonly #sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  readonly #lambda: LambdaClient;
  readonly #queueUrl: string;
  readonly #functionArn: string;

  constructor(lambda: LambdaClient, { tickQueueUrl, tickFunction }: Installation) {
    this.#lambda = lambda;
    this.#queueUrl = tickQueueUrl;
    this.#functionArn = tickFunction;
  }

  /** How long a message that failed stays out of sight; three minutes as deployed, which no test should wait for. */
  async redeliverAfter(seconds: number): Promise<void> {
    const Attributes = { VisibilityTimeout: String(seconds) };
    await this.#sqs.send(new SetQueueAttributesCommand({ QueueUrl: this.#queueUrl, Attributes }));
  }

  /** Puts bodies into the queue while nobody takes from it, so that `tick` gets them as one batch. Returns their ids. */
  sendAsOneBatch(bodies: readonly string[]): Promise<readonly string[]> {
    return this.#whileNobodyTakes(async () => {
      const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
      const sent = await this.#sqs.send(new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }));
      return (sent.Successful ?? []).map((entry) => entry.MessageId ?? '');
    });
  }

  /** How many messages some work puts into the queue. Nobody takes from it meanwhile, and it must be empty before. */
  sentBy(work: () => Promise<unknown>): Promise<number> {
    return this.#whileNobodyTakes(async () => {
      await work();
      return (await this.#waiting()).visible;
    });
  }

  /** Asks for one turn of one group, as `discover` does. */
  async send(message: TickMessage): Promise<void> {
    const MessageBody = JSON.stringify(message);
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody }));
  }

  /** Waits until every message has been dealt with. */
  async drained(): Promise<void> {
    await eventually('the tick queue to be empty', async () => {
      const { visible, beingRead } = await this.#waiting();
      return visible + beingRead === 0 ? true : undefined;
    });
  }

  /** How often a message is tried before it is set aside, as deployed. */
  async tries(): Promise<number> {
    return (await this.#redrive()).maxReceiveCount;
  }

  /** Waits for messages that were set aside; leaves them there. Bodies by message id. */
  async setAside(ids: readonly string[]): Promise<Readonly<Record<string, { body: string; receives: number }>>> {
    const name = (await this.#redrive()).deadLetterTargetArn.split(':').at(-1) ?? '';
    const { QueueUrl } = await this.#sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const found: Record<string, { body: string; receives: number }> = {};
    return eventually(`${ids.length} dead letters`, async () => {
      const asked = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({ ...asked, MessageSystemAttributeNames: ['ApproximateReceiveCount'] }),
      );
      for (const { MessageId = '', Body = '', Attributes } of Messages) {
        found[MessageId] = { body: Body, receives: Number(Attributes?.ApproximateReceiveCount) };
      }
      return ids.every((id) => id in found) ? found : undefined;
    });
  }

  close(): void {
    this.#sqs.destroy();
  }

  async #waiting(): Promise<{ readonly visible: number; readonly beingRead: number }> {
    const AttributeNames = ['ApproximateNumberOfMessages' as const, 'ApproximateNumberOfMessagesNotVisible' as const];
    const input = { QueueUrl: this.#queueUrl, AttributeNames };
    const { Attributes } = await this.#sqs.send(new GetQueueAttributesCommand(input));
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes ?? {};
    return { visible: Number(ApproximateNumberOfMessages), beingRead: Number(ApproximateNumberOfMessagesNotVisible) };
  }

  async #redrive(): Promise<z.output<typeof Redrive>> {
    const input = { QueueUrl: this.#queueUrl, AttributeNames: ['RedrivePolicy' as const] };
    const { Attributes } = await this.#sqs.send(new GetQueueAttributesCommand(input));
    return Redrive.parse(JSON.parse(Attributes?.RedrivePolicy ?? '{}'));
  }

  async #whileNobodyTakes<T>(work: () => Promise<T>): Promise<T> {
    await this.#consume(false);
    try {
      return await work();
    } finally {
      await this.#consume(true);
    }
  }

  async #consume(Enabled: boolean): Promise<void> {
    const FunctionName = this.#functionArn;
    const listed = await this.#lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
    const [mapping] = listed.EventSourceMappings ?? [];
    if (mapping?.UUID === undefined) throw new Error(`nothing takes messages for ${FunctionName}`);
    await this.#lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping.UUID, Enabled }));
    const state = Enabled ? 'Enabled' : 'Disabled';
    await eventually(`the mapping to be ${state}`, async () => {
      const now = await this.#lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
      return now.EventSourceMappings?.[0]?.State === state ? true : undefined;
    });
  }
}
