import type { RefitJob, RefitQueue } from '../../loop/ports.ts';
import { type SendBatch, sendAll } from './message-batches.ts';

/** Asks for fits. A workload that is asked for twice is fitted once: the consumer finds the model fresh. */
export class SqsRefitQueue implements RefitQueue {
  readonly #send: SendBatch;

  constructor(send: SendBatch) {
    this.#send = send;
  }

  async request(job: RefitJob): Promise<void> {
    await sendAll([JSON.stringify(job)], this.#send);
  }
}
