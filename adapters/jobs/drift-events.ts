import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DRIFT, type RefitJob, type RefitQueue } from '../../loop/ports.ts';
import { AwsCallError, attempted } from '../aws/aws-call-error.ts';

/** How an event is known to rules. */
export interface EventName {
  readonly source: string;
  readonly detailType: string;
}

/** Puts one event on the account's default bus; the answer counts those that were not taken. */
export type PutEvent = (detail: string) => Promise<{ readonly failed: number; readonly code: string }>;

/** The real one; throws `AwsCallError`. */
export const putEventTo =
  (client: EventBridgeClient, { source, detailType }: EventName): PutEvent =>
  async (Detail) => {
    const Entries = [{ Source: source, DetailType: detailType, Detail }];
    const answer = await attempted('PutEvents', () => client.send(new PutEventsCommand({ Entries })));
    return { failed: answer.FailedEntryCount ?? 0, code: answer.Entries?.[0]?.ErrorCode ?? 'unknown' };
  };

/**
 * Asks for fits: after a drift by an event that starts a run of `learn`, else by the queue. Throws `AwsCallError` when the
 * event was not taken.
 */
export const refitsBy = (queue: RefitQueue, put: PutEvent): RefitQueue => ({
  async request(job: RefitJob): Promise<void> {
    if (job.reason !== DRIFT) return queue.request(job);
    const { failed, code } = await put(JSON.stringify({ jobs: [job] }));
    if (failed === 0) return;
    const detail = { call: 'PutEvents', aws: code };
    throw new AwsCallError(`PutEvents: the event of a drift was not taken (${code})`, {
      code: 'AWS_CALL',
      retryable: true,
      detail,
    });
  },
});
