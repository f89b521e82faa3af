import { describe, expect, it } from '@jest/globals';
import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { workerFitter } from '../../../adapters/fit/worker-fitter.ts';
import { instant, type Series } from '../../../models/kernel/series.ts';

/** Three days of a daily wave at a quarter of an hour. */
const history: Series = {
  startMs: instant(0),
  stepMs: 900_000,
  values: Float64Array.from({ length: 288 }, (_, i) => 100 + 50 * Math.sin((2 * Math.PI * i) / 96) + (i % 7)),
};

const task = { window: history, options: { windowSteps: 2, level: 0.95, pathSteps: 192 }, standing: undefined };

const worker = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

describe('workerFitter', () => {
  it('answers what a fit in this thread answers, bit for bit', async () => {
    const direct = await directFitter().fit(task);
    expect(direct).toMatchObject({ ok: true });
    expect(await workerFitter().fit(task)).toEqual(direct);
  });

  it('ends a fit that hangs, and says so', async () => {
    const hanging = worker('for (;;) {}');
    expect(await workerFitter({ worker: hanging, timeLimitMs: 50 }).fit(task)).toEqual({
      ok: false,
      refusal: { kind: 'library', reason: 'the fit took longer than 0.05 s and was ended' },
    });
  });

  it('turns a fit that breaks into a refusal with its words', async () => {
    const broken = worker('throw new Error("memory access out of bounds")');
    expect(await workerFitter({ worker: broken }).fit(task)).toEqual({
      ok: false,
      refusal: { kind: 'library', reason: 'the fit broke: memory access out of bounds' },
    });
  });
});
