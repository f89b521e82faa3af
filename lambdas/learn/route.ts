import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import type { LearnOutcome } from '../../loop/learn.ts';
import type { WorkloadList } from '../../loop/list-workloads.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import { fitOne, type LearnWiring, makeLearner } from './consume.ts';
import { Job } from './message.ts';

/** What the state machine asks before its map: which workloads there are at the time of its event. */
const Listing = z.strictObject({ list: z.iso.datetime() });

/** What it asks for each of them. */
const Fit = z.strictObject({ fit: Job });

const Batch = z.object({ Records: z.array(z.unknown()) });

export interface RouteWiring extends LearnWiring {
  /** `loop/list-workloads.ts` over the ports that this world has. */
  readonly list: (asOfMs: EpochMs) => Promise<WorkloadList>;
}

/** A list must fit the state of a Step Functions execution: 256 KB, and some of it is the machine's own. */
const MOST_BYTES = 240_000;

/**
 * The three ways by which `learn` is called: a batch of the queue, the list of a run, and one workload of it. What a workload's
 * fit throws fails that workload alone; the run tolerates a share of them. Throws `BadInputError` for any other event.
 */
export function makeRoute(
  wiring: RouteWiring,
): (event: unknown) => Promise<SQSBatchResponse | Pick<WorkloadList, 'jobs'> | LearnOutcome> {
  const batch = makeLearner(wiring);
  return async (event) => {
    if (isBatch(event)) return batch(event);
    const listing = Listing.safeParse(event);
    if (listing.success) return listed(instant(Date.parse(listing.data.list)), wiring);
    const fit = Fit.safeParse(event);
    if (fit.success) return fitOne({ ...fit.data.fit, asOfMs: instant(fit.data.fit.asOfMs) }, wiring);
    throw new BadInputError('learn was called by something that is no batch, no { list: time } and no { fit: job }');
  };
}

/** The records themselves are read one by one, so that a bad one is set aside alone. */
const isBatch = (event: unknown): event is SQSEvent => Batch.safeParse(event).success;

async function listed(asOfMs: EpochMs, { list, voice }: RouteWiring): Promise<Pick<WorkloadList, 'jobs'>> {
  const { jobs, skipped } = await list(asOfMs);
  voice.info('workloads', { jobs: jobs.length, skipped });
  const bytes = JSON.stringify({ jobs }).length;
  if (bytes <= MOST_BYTES) return { jobs };
  throw new BadInputError(
    `${jobs.length} workloads make a list of ${bytes} bytes, and a run holds ${MOST_BYTES}: split the account's groups over regions or accounts`,
  );
}
