import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { LearnOutcome } from '../../loop/learn.ts';
import type { RefitJob } from '../../loop/ports.ts';
import { METRIC } from '../shared/config.ts';
import type { Voice } from '../shared/voice.ts';
import { parseRefitJob } from './message.ts';

export interface LearnWiring {
  /** Fits one workload: `loop/learn.ts` over the ports that this world has. */
  readonly refit: (job: RefitJob) => Promise<LearnOutcome>;
  readonly voice: Voice;
}

/**
 * Fits the workloads that a batch asks for, one after the other: a fit uses the whole processor. The answer names the
 * messages to deliver again; a workload whose fit was declined is done, and is asked for again on another day.
 */
export const makeLearner =
  (wiring: LearnWiring) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchItemFailure[] = [];
    for (const { messageId, body } of event.Records) {
      try {
        await fitOne(parseRefitJob(body), wiring);
      } catch (error) {
        wiring.voice.warn('a fit failed', { messageId, error });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };

/** Fits one workload, and says what came of it. Throws what the world throws. */
export async function fitOne(job: RefitJob, { refit, voice }: LearnWiring): Promise<LearnOutcome> {
  const outcome = await refit(job);
  voice.info('learn', { workload: job.workload, policy: job.policyName, asked: job.reason, ...outcome });
  if (outcome.kind === 'fitted') voice.count(METRIC.fitted, 1);
  if (outcome.kind === 'refused') voice.count(METRIC.fitDeclined, 1);
  return outcome;
}
