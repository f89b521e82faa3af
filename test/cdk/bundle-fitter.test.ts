import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workerFitter } from '../../adapters/fit/worker-fitter.ts';
import { instant, type Series } from '../../models/kernel/series.ts';

const HOUR_MS = 3_600_000;

/** Two weeks of a day-and-night load with a fixed ripple. */
const window: Series = {
  startMs: instant(Date.UTC(2026, 0, 1)),
  stepMs: HOUR_MS,
  values: Float64Array.from(
    { length: 14 * 24 },
    (_, h) => 500 + 300 * Math.sin((h * Math.PI) / 12) + ((h * 7919) % 41),
  ),
};

describe('the bundled fitter', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prescale-fitter-'));
    execFileSync(process.execPath, ['cdk/bin/bundle-fitter.ts', folder], { stdio: 'pipe' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('fits with every library that it holds, away from the packages it was bundled from', async () => {
    const fitter = workerFitter({ worker: pathToFileURL(path.join(folder, 'fit-worker.mjs')) });
    const fitted = await fitter.fit({
      window,
      options: { windowSteps: 2, level: 0.95, pathSteps: 48 },
      standing: undefined,
      names: ['seasonal-naive-day', 'mstl-ets', 'arima-fourier', 'pretrained-trees'],
    });
    if (!fitted.ok) throw new Error(JSON.stringify(fitted.refusal));
    const broken = fitted.value.scores.filter((score) => score.pinball === null);
    expect(broken).toEqual([]);
    expect(fitted.value.scores).toHaveLength(4);
  });

  it.each([
    { case: 'is not there', put: undefined, said: /^the trees that ship are missing: .*lead-trees\.json\.gz/ },
    { case: 'is cut off', put: 1000, said: /lead-trees\.json\.gz: unexpected end of file/ },
  ])('fits by the others, and says why, where the trees’ file $case', async ({ put, said }) => {
    const file = path.join(folder, 'lead-trees.json.gz');
    const whole = readFileSync(file);
    rmSync(file);
    if (put !== undefined) writeFileSync(file, whole.subarray(0, put));
    const fitter = workerFitter({ worker: pathToFileURL(path.join(folder, 'fit-worker.mjs')) });
    const options = { windowSteps: 2, level: 0.95, pathSteps: 48 };
    const fitted = await fitter.fit({ window, options, standing: undefined });
    writeFileSync(file, whole);
    if (!fitted.ok) throw new Error(JSON.stringify(fitted.refusal));
    expect(fitted.value.model).toBe('ensemble-median');
    expect(fitted.value.scores.at(-1)).toMatchObject({
      model: 'pretrained-trees',
      refused: expect.stringMatching(said),
    });
  });
});
