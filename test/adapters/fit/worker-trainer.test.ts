import { describe, expect, it } from '@jest/globals';
import { workerTrainer } from '../../../adapters/fit/worker-trainer.ts';
import { instant } from '../../../models/kernel/series.ts';

const task = {
  window: { startMs: instant(0), stepMs: 300_000, values: Float64Array.of(1, 2, 3) },
  horizonSteps: 3,
};

const worker = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

describe('workerTrainer', () => {
  it('is none where the trainer’s code is not beside it', () => {
    expect(workerTrainer()).toBeUndefined();
  });

  it('hands the history over, and gives what the worker answers', async () => {
    const echo = worker(
      'import { parentPort } from "node:worker_threads"; parentPort.once("message", (m) => parentPort.postMessage({ ok: false, refusal: [...m.window.values, m.horizonSteps].join() }));',
    );
    expect(await workerTrainer(echo)?.(task)).toEqual({ ok: false, refusal: '1,2,3,3' });
  });

  it('ends a training that hangs, and says so', async () => {
    expect(await workerTrainer(worker('for (;;) {}'), 50)?.(task)).toEqual({
      ok: false,
      refusal: 'the training took longer than 0.05 s and was ended',
    });
  });
});
