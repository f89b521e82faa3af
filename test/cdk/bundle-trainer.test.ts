import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workerTrainer } from '../../adapters/fit/worker-trainer.ts';
import { networkForecaster } from '../../models/forecast/neural/network-forecaster.ts';
import { instant, type Series } from '../../models/kernel/series.ts';

const HOUR_MS = 3_600_000;

const window: Series = {
  startMs: instant(Date.UTC(2026, 0, 1)),
  stepMs: HOUR_MS,
  values: Float64Array.from({ length: 8 * 24 }, (_, h) => 500 + 300 * Math.sin((h * Math.PI) / 12) + ((h * 7919) % 41)),
};

const WASM = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'];

describe('the trainer that the zip of learn holds', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prescale-trainer-'));
    execFileSync(process.execPath, ['cdk/bin/bundle-trainer.ts', folder], { stdio: 'pipe' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const train = () =>
    workerTrainer(pathToFileURL(path.join(folder, 'train-worker.mjs')))?.({ window, horizonSteps: 3 });

  it('trains on WebAssembly, away from the packages it was bundled from, the same network each time', async () => {
    expect(readdirSync(folder).sort()).toEqual([...WASM, 'train-worker.mjs']);
    const trained = await train();
    if (!trained?.ok) throw new Error(JSON.stringify(trained));
    expect(trained.value).toMatchObject({ backend: 'wasm', leads: [1, 2, 3] });
    expect(networkForecaster(trained.value).path(window, 3)).toMatchObject({ ok: true });
    expect(await train()).toEqual(trained);
  });

  it('says so where the WebAssembly is not beside it', async () => {
    for (const file of WASM) unlinkSync(path.join(folder, file));
    expect(await train()).toEqual({
      ok: false,
      refusal: expect.stringMatching(/^the WebAssembly of the tensor library cannot be/),
    });
  });
});
