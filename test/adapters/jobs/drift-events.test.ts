import { describe, expect, it } from '@jest/globals';
import { refitsBy } from '../../../adapters/jobs/drift-events.ts';
import { DRIFT, type RefitJob } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';

const job = (reason: string): RefitJob => ({
  policyName: 'web',
  workload: 'shop',
  groupName: 'web',
  asOfMs: instant(1000),
  reason,
});

function asked(failed = 0) {
  const queued: RefitJob[] = [];
  const events: string[] = [];
  const queue = { request: async (one: RefitJob) => void queued.push(one) };
  const refits = refitsBy(queue, async (detail) => {
    events.push(detail);
    return { failed, code: 'InternalFailure' };
  });
  return { refits, queued, events };
}

describe('asking for a fit', () => {
  it('starts a run of learn after a drift, with the one workload', async () => {
    const { refits, queued, events } = asked();
    await refits.request(job(DRIFT));
    expect(events.map((event) => JSON.parse(event))).toEqual([{ jobs: [job(DRIFT)] }]);
    expect(queued).toEqual([]);
  });

  it('goes by the queue for any other reason', async () => {
    const { refits, queued, events } = asked();
    await refits.request(job('no model yet'));
    expect([queued, events]).toEqual([[job('no model yet')], []]);
  });

  it('throws what can be tried again where the event was not taken', async () => {
    const { refits } = asked(1);
    await expect(refits.request(job(DRIFT))).rejects.toMatchObject({
      retryable: true,
      detail: { aws: 'InternalFailure' },
    });
  });
});
