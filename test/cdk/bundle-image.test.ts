import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workerTrainer } from '../../adapters/fit/worker-trainer.ts';
import { instant } from '../../models/kernel/series.ts';

describe('what the container image of learn holds', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prescale-image-'));
    execFileSync(process.execPath, ['cdk/bin/bundle-image.ts', folder], { stdio: 'pipe' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the handler, the fitter, its library, the trees that ship and the trainer', () => {
    const held = ['fit-worker.mjs', 'handler.mjs', 'lead-trees.json.gz', 'mstl_bg.wasm', 'train-worker.mjs'];
    expect(readdirSync(folder).sort()).toEqual(held);
  });

  it('asks for the tensor library when it trains, and says where there is none', async () => {
    const trainer = workerTrainer(pathToFileURL(path.join(folder, 'train-worker.mjs')));
    const window = { startMs: instant(0), stepMs: 300_000, values: new Float64Array(600).fill(1) };
    expect(await trainer?.({ window, horizonSteps: 3 })).toEqual({
      ok: false,
      refusal: expect.stringMatching(/^no tensor library: native: /),
    });
  });
});
