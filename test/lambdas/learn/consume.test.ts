import { describe, expect, it } from '@jest/globals';
import { makeLearner } from '../../../lambdas/learn/consume.ts';
import type { LearnOutcome } from '../../../loop/learn.ts';
import type { RefitJob } from '../../../loop/ports.ts';
import { recordedVoice } from '../recorded-voice.ts';
import { drain, eventOf } from '../small-queue.ts';

const jobOf = (workload: string): string =>
  JSON.stringify({ policyName: 'web', workload, groupName: 'web', asOfMs: Date.UTC(2026, 0, 1), reason: 'a day old' });

const OUTCOMES: Readonly<Record<string, LearnOutcome>> = {
  shop: { kind: 'fitted', model: 'mstl-ets', scores: [] },
  new: { kind: 'refused', reason: 'one day of history, two are needed' },
};

function learner() {
  const { voice, said, counts } = recordedVoice();
  const asked: RefitJob[] = [];
  const learn = makeLearner({
    voice,
    refit: async (job) => {
      asked.push(job);
      const outcome = OUTCOMES[job.workload];
      if (outcome === undefined) throw new Error('CloudWatch did not answer');
      return outcome;
    },
  });
  return { learn, asked, said, counts };
}

describe('fitting outside the hot path', () => {
  it('is done when the model is fitted, and when the fit was declined', async () => {
    const { learn, counts, said } = learner();
    expect(await learn(eventOf([jobOf('shop'), jobOf('new')]))).toEqual({ batchItemFailures: [] });
    expect(Object.fromEntries(counts)).toEqual({ WorkloadsFitted: 1, WorkloadsDeclined: 1 });
    expect(said.map(({ facts }) => [facts['workload'], facts['kind']])).toEqual([
      ['shop', 'fitted'],
      ['new', 'refused'],
    ]);
  });

  it('is tried three times when the world fails, and the next workload has its fit', async () => {
    const { learn, asked } = learner();
    expect(await drain(eventOf([jobOf('lost'), jobOf('shop')]), learn)).toEqual(['m0']);
    expect(asked.map(({ workload }) => workload)).toEqual(['lost', 'shop', 'lost', 'lost']);
  });

  it.each([
    { case: 'text', body: 'fit it!' },
    { case: 'a job without a workload', body: JSON.stringify({ policyName: 'web' }) },
  ])('sets aside $case', async ({ body }) => {
    const { learn, asked } = learner();
    expect(await drain(eventOf([body]), learn)).toEqual(['m0']);
    expect(asked).toEqual([]);
  });
});
