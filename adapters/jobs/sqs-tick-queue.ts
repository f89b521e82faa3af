import type { TickMessage, TickQueue } from '../../loop/ports.ts';
import { type SendBatch, sendAll } from './message-batches.ts';

/** Tick messages to the queue that `tick` consumes. Throws `AwsCallError` when some were not taken. */
export class SqsTickQueue implements TickQueue {
  readonly #send: SendBatch;

  constructor(send: SendBatch) {
    this.#send = send;
  }

  async send(messages: readonly TickMessage[]): Promise<void> {
    await sendAll(
      messages.map((message) => JSON.stringify(message)),
      this.#send,
    );
  }
}
