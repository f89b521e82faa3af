import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { directFitter } from '../../../adapters/fit/direct-fitter.ts';
import { type ForeseenFit, foreseenFits } from '../../../adapters/memory/foreseen-fits.ts';
import { type Foresight, foresee } from '../../../adapters/memory/foresight.ts';
import { replayTrace } from '../../../adapters/memory/replay-trace.ts';
import type { Fitter } from '../../../loop/fitter.ts';
import type { RefitJob } from '../../../loop/ports.ts';
import { type GappedSeries, instant } from '../../../models/kernel/series.ts';
import { type ScalingProblem, scalingProblem } from '../../../models/simulate/scaling-problem.ts';
import { wave } from '../../forecast/loads.ts';

const HALF_HOUR_MS = 1_800_000;

/** Eight days at half-hour steps; four are scored. */
const calm: GappedSeries = {
  startMs: instant(0),
  stepMs: HALF_HOUR_MS,
  values: wave({ days: 8, stepsPerDay: 48, mean: 1000 }),
  mayHaveBlanks: true,
};

/** The same, ten times as high from the middle of the sixth day on: forecasts drift. */
const shifted: GappedSeries = { ...calm, values: calm.values.map((value, t) => (t < 264 ? value : 10 * value)) };

const problemOf = (series: GappedSeries): ScalingProblem => {
  const problem = scalingProblem(series, { bootSeconds: 1800 });
  if (!problem.ok) throw new Error(problem.refusal.kind);
  return problem.value;
};

const loadOf = (series: GappedSeries) => ({ series, problem: problemOf(series) });

/** A fitter that counts what it is asked. */
const counting = (): { readonly fitter: Fitter; readonly asked: () => number } => {
  let asked = 0;
  const direct = directFitter();
  const fit: Fitter['fit'] = (task) => {
    asked++;
    return direct.fit(task);
  };
  return { fitter: { fit }, asked: () => asked };
};

async function decided(series: GappedSeries, fitter: Fitter, foresight?: Foresight): Promise<Int32Array> {
  const replay = { ...loadOf(series), fitter, ...(foresight === undefined ? {} : { foresight }) };
  const answer = await replayTrace(replay);
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value;
}

const open: Foresight[] = [];
const opened = (...given: Parameters<typeof foresee>): Foresight => {
  const foresight = foresee(...given);
  open.push(foresight);
  return foresight;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ end }) => end()));
});

async function allFits(series: GappedSeries): Promise<readonly ForeseenFit[]> {
  const fits: ForeseenFit[] = [];
  for await (const fit of foreseenFits(loadOf(series), directFitter())) fits.push(fit);
  return fits;
}

describe('the foresight of a replay', () => {
  it('has every fit that is asked for, and changes no decision', async () => {
    const [alone, beside] = [counting(), counting()];
    const plain = await decided(calm, alone.fitter);
    expect(await decided(calm, beside.fitter, opened(loadOf(calm)))).toEqual(plain);
    expect(alone.asked()).toBeGreaterThan(3);
    expect(beside.asked()).toBe(0);
  });

  it('changes no decision where the load drifts, which it does not foresee', async () => {
    const [alone, beside] = [counting(), counting()];
    const plain = await decided(shifted, alone.fitter);
    expect(await decided(shifted, beside.fitter, opened(loadOf(shifted)))).toEqual(plain);
    expect(beside.asked()).toBeGreaterThan(0);
    expect(beside.asked()).toBeLessThan(alone.asked());
  });

  it('gives the fits of its thread in their order, and none after a job that it did not expect', async () => {
    const [first, second] = await allFits(calm);
    const foresight = opened(loadOf(calm));
    expect(await foresight.of(first!.job)).toEqual(first);
    const other: RefitJob = { ...second!.job, reason: 'drift' };
    expect(await foresight.of(other)).toBeUndefined();
    expect(await foresight.of(second!.job)).toBeUndefined();
  });

  it('keeps what its thread has said while nobody asked', async () => {
    const fits = await allFits(calm);
    const foresight = opened(loadOf(calm));
    for (const fit of fits) {
      expect(await foresight.of(fit.job)).toEqual(fit);
      await setTimeout(300);
    }
  });

  it('keeps what its thread has said before it ended', async () => {
    const jobOf = (asOfMs: number) => ({ groupName: 'g', policyName: 'p', workload: 'w', asOfMs, reason: 'r' });
    const jobs = [1, 2, 3, 4, 5].map((ms) => jobOf(ms) as RefitJob);
    const code = `import { parentPort } from 'node:worker_threads';
      for (const job of ${JSON.stringify(jobs)}) parentPort.postMessage({ job });`;
    const foresight = opened(loadOf(calm), new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    await setTimeout(500);
    for (const job of jobs) expect(await foresight.of(job)).toEqual({ job });
    expect(await foresight.of(jobs[0]!)).toBeUndefined();
  });

  it('says nothing of what its thread says after another job was asked for', async () => {
    const [first, second] = await allFits(calm);
    const foresight = opened(loadOf(calm));
    expect(await foresight.of({ ...first!.job, reason: 'drift' })).toBeUndefined();
    await setTimeout(300);
    expect(await foresight.of(second!.job)).toBeUndefined();
  });

  it('sees no later load than a fit asked for then would', async () => {
    const fits = await allFits(calm);
    for (const { job, model } of fits) expect(model!.artefact.direct!.fittedAtMs).toBeLessThanOrEqual(job.asOfMs);
    const [{ job }] = fits.slice(-1) as [ForeseenFit];
    const from = job.asOfMs / HALF_HOUR_MS;
    // The scale of the units is that of the whole load, so the change keeps the mean.
    const later = calm.values.slice();
    later.subarray(from).reverse();
    const changed = await allFits({ ...calm, values: later });
    expect(changed.at(-1)!.model).toEqual(fits.at(-1)!.model);
  });

  it('knows nothing when its thread breaks', async () => {
    const broken = new URL('data:text/javascript,throw new Error("broken")');
    const [first] = await allFits(calm);
    expect(await opened(loadOf(calm), broken).of(first!.job)).toBeUndefined();
  });
});
