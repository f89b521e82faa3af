import { describe, expect, it } from '@jest/globals';
import { makeRoute } from '../../../lambdas/learn/route.ts';
import type { RefitJob } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';
import { recordedVoice } from '../recorded-voice.ts';
import { eventOf } from '../small-queue.ts';

const job: RefitJob = {
  policyName: 'web',
  workload: 'shop',
  groupName: 'web-a',
  asOfMs: instant(Date.UTC(2026, 0, 1)),
  reason: 'daily',
};

function routed(jobs: readonly RefitJob[] = [job]) {
  const { voice, counts } = recordedVoice();
  const fitted: RefitJob[] = [];
  const listed: number[] = [];
  const route = makeRoute({
    voice,
    refit: async (asked) => {
      fitted.push(asked);
      if (asked.workload === 'lost') throw new Error('CloudWatch did not answer');
      return { kind: 'fitted', model: 'mstl-ets', scores: [] };
    },
    list: async (asOfMs) => {
      listed.push(asOfMs);
      return { jobs, skipped: [{ policyName: 'odd', reason: 'not JSON' }] };
    },
  });
  return { route, fitted, listed, counts };
}

describe('the calls of learn', () => {
  it('are the list of a run, at its event’s time', async () => {
    const { route, listed } = routed();
    expect(await route({ list: '2026-01-01T03:17:00Z' })).toEqual({ jobs: [job] });
    expect(listed).toEqual([Date.UTC(2026, 0, 1, 3, 17)]);
  });

  it('are one workload of a run, whose failure is the run’s to bear', async () => {
    const { route, fitted, counts } = routed();
    expect(await route({ fit: job })).toMatchObject({ kind: 'fitted' });
    await expect(route({ fit: { ...job, workload: 'lost' } })).rejects.toThrow('CloudWatch did not answer');
    expect(fitted).toEqual([job, { ...job, workload: 'lost' }]);
    expect(Object.fromEntries(counts)).toEqual({ WorkloadsFitted: 1 });
  });

  it('are a batch of the queue', async () => {
    const { route, fitted } = routed();
    expect(await route(eventOf([JSON.stringify(job)]))).toEqual({ batchItemFailures: [] });
    expect(fitted).toEqual([job]);
  });

  it('are nothing else', async () => {
    await expect(routed().route({ time: 'now' })).rejects.toThrow('no batch, no { list: time } and no { fit: job }');
  });

  it('fail aloud where a list is more than a run can hold', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({ ...job, workload: `workload-${i}` }));
    await expect(routed(many).route({ list: '2026-01-01T03:17:00Z' })).rejects.toThrow(/3000 workloads make a list of/);
  });
});
