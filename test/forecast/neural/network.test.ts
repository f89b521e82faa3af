import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openTensors } from '../../../adapters/tensors/open-tensors.ts';
import { loadUnit } from '../../../models/forecast/neural/load-unit.ts';
import { networkForecaster } from '../../../models/forecast/neural/network-forecaster.ts';
import type { NetworkModel } from '../../../models/forecast/neural/network-model.ts';
import { parseNetworkModel } from '../../../models/forecast/neural/parse-network-model.ts';
import { seasonalBase } from '../../../models/forecast/neural/seasonal-base.ts';
import { originsIn, timeSplit } from '../../../models/forecast/neural/time-split.ts';
import { type ModelTask, trainModel } from '../../../models/forecast/neural/train-model.ts';
import type { TrainingOptions } from '../../../models/neural/train-network.ts';
import { DAY, STEP_MS, seriesOf, wave } from '../loads.ts';
import { lstmModel, transformerModel } from './models.ts';

const TASK: ModelTask = {
  shape: { kind: 'lstm', steps: 12, inputs: 4, hidden: 4, outputs: 6 },
  leads: [1, 6],
  unit: 'robust',
  mostWindows: 150,
  backend: 'cpu',
  dataHash: '0'.repeat(64),
};

const OPTIONS: TrainingOptions = {
  levels: [0.1, 0.5, 0.9],
  seed: 1,
  mostEpochs: 4,
  patience: 2,
  batch: 32,
  learningRate: 0.01,
};

async function trained(values: Float64Array, task: Partial<ModelTask> = {}) {
  const tensors = await openTensors({ backend: 'cpu' });
  if (!tensors.ok) throw new Error(tensors.refusal);
  return trainModel(tensors.value.tf, seriesOf(values), { task: { ...TASK, ...task }, options: OPTIONS });
}

describe('the unit of a load', () => {
  it('gives back every load bit for bit', () => {
    const load = fc.double({ min: 1e-12, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(fc.array(load, { minLength: 2 }), fc.constantFrom('range', 'robust'), (loads, kind) => {
        const values = Float64Array.from([...loads, 0]);
        const unit = loadUnit(kind, values, values);
        if (!unit.ok) throw new Error(JSON.stringify(unit.refusal));
        expect(values.map((x) => (x / unit.value) * unit.value)).toEqual(values);
      }),
    );
  });

  it.each([
    { case: 'the range', kind: 'range', unit: 1024 },
    { case: 'the middle half of what the base leaves', kind: 'robust', unit: 4 },
  ] as const)('is the power of two nearest to $case', ({ kind, unit }) => {
    const left = Float64Array.of(-2, -2, 0, 2, 2, 2);
    expect(loadUnit(kind, Float64Array.of(0, 1000, 3), left)).toEqual({ ok: true, value: unit });
  });
});

describe('the seasonal base', () => {
  const load = Float64Array.from({ length: 16 }, (_, i) => i);

  it.each([
    { case: 'as a day ago', kind: 'day', from: 2, to: 5, expected: [0, 1, 2] },
    { case: 'beyond the end the last day again and again', kind: 'day', from: 16, to: 20, expected: [14, 15, 14, 15] },
    { case: 'the median of seven days', kind: 'days', from: 14, to: 18, expected: [6, 7, 8, 9] },
    { case: 'as a week ago', kind: 'week', from: 16, to: 18, expected: [2, 3] },
  ] as const)('is $case', ({ kind, from, to, expected }) => {
    expect([...seasonalBase(load, { kind, stepsPerDay: 2 }, { from, to })]).toEqual(expected);
  });
});

describe('the parts of a history', () => {
  it('leave no target of one part in the next', () => {
    const { training, validation } = timeSplit(1000);
    const origins = originsIn(50, training, { furthest: 12, most: 100 });
    expect(Math.max(...origins) + 12).toBeLessThan(training);
    expect(Math.min(...originsIn(training, validation, { furthest: 12, most: 10 }))).toBeGreaterThanOrEqual(training);
    expect(origins.length).toBeLessThanOrEqual(100);
  });

  it('hold no origin where there is no room', () => {
    expect(originsIn(10, 20, { furthest: 12, most: 5 })).toHaveLength(0);
  });
});

describe('training on a load', () => {
  it('gives the same model bit for bit, and one that reads back', async () => {
    const values = wave({ days: 4, noise: 0.1 });
    const [one, two] = [await trained(values), await trained(values)];
    expect(one).toEqual(two);
    if (!one.ok) throw new Error(JSON.stringify(one.refusal));
    const { model } = one.value;
    expect(parseNetworkModel(JSON.parse(JSON.stringify(model)))).toEqual({ ok: true, value: model });
  });

  it('stops by the part after the training, and serves nothing that ended before', async () => {
    const values = wave({ days: 4, noise: 0.1 });
    const answer = await trained(values);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    expect(answer.value.model.trainedUntilMs).toBe(Math.floor(0.9 * values.length) * STEP_MS);
    const early = networkForecaster(answer.value.model).path(seriesOf(values.subarray(0, 3 * DAY)), 5);
    expect(early).toMatchObject({ ok: false, refusal: { reason: expect.stringContaining('what comes after') } });
  });

  it.each([
    { case: 'a load that never changes', values: new Float64Array(4 * DAY).fill(7), kind: 'no-signal' },
    { case: 'no load at all', values: new Float64Array(4 * DAY), kind: 'no-signal' },
    { case: 'a value that is not a number', values: wave({ days: 4 }).fill(Number.NaN, 9, 10), kind: 'not-finite' },
    { case: 'an infinite value', values: wave({ days: 4 }).fill(1 / 0, 9, 10), kind: 'not-finite' },
    { case: 'two values', values: Float64Array.of(1, 2), kind: 'too-short' },
    { case: 'a day and a bit', values: wave({ days: 2 }).subarray(0, DAY + 20), kind: 'too-short' },
  ])('refuses $case', async ({ values, kind }) => {
    expect(await trained(values)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it('refuses leads that the outputs do not fit, and leads beyond a day', async () => {
    const values = wave({ days: 4 });
    expect(await trained(values, { leads: [1] })).toMatchObject({ ok: false, refusal: { kind: 'no-signal' } });
    expect(await trained(values, { leads: [1, DAY + 1] })).toMatchObject({ ok: false, refusal: { kind: 'no-signal' } });
  });
});

describe.each([
  { case: 'a kept LSTM', model: lstmModel },
  { case: 'a kept Transformer', model: transformerModel },
])('$case', ({ model }) => {
  it('answers with quantiles in order, whatever its outputs', () => {
    const answer = networkForecaster(model).quantiles(seriesOf(wave({ days: 10, noise: 0.3 })));
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    expect(answer.value.quantiles).toHaveLength(model.leads.length);
    for (const levels of answer.value.quantiles) expect([...levels].sort((a, b) => a - b)).toEqual([...levels]);
  });

  it('scales with the load', () => {
    const load = wave({ days: 10, noise: 0.1 });
    const [one, twice] = [1, 2].map((c) => networkForecaster(model).path(seriesOf(load.map((v) => c * v)), 20));
    if (one?.ok !== true || twice?.ok !== true) throw new Error('both must answer');
    expect(twice.value).toEqual(one.value.map((v) => 2 * v));
  });

  it('never answers with what is no load, whatever the history', () => {
    const odd = fc.constantFrom(0, 1e-300, 1, 1e9, 1e300, Number.MAX_VALUE, -5, Number.NaN, Number.NEGATIVE_INFINITY);
    const spots = fc.array(fc.tuple(fc.nat({ max: 9 * DAY - 1 }), odd), { maxLength: 30 });
    fc.assert(
      fc.property(spots, fc.constantFrom(0, 1, 100), fc.nat({ max: 9 * DAY }), (changes, mean, length) => {
        const values = wave({ days: 9, mean, noise: 0.1 });
        for (const [i, value] of changes) values[i] = value;
        const history = seriesOf(values.subarray(9 * DAY - length));
        const [path, answer] = [
          networkForecaster(model).path(history, 300),
          networkForecaster(model).quantiles(history),
        ];
        const loads = [
          ...(path.ok ? path.value : []),
          ...(answer.ok ? answer.value.quantiles : []).flatMap((q) => [...q]),
        ];
        expect(loads.every((load) => Number.isFinite(load) && load >= 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a load of another step', () => {
    const hourly = { ...seriesOf(wave({ days: 40 })), stepMs: 3_600_000 };
    expect(networkForecaster(model).path(hourly, 5)).toMatchObject({ ok: false, refusal: { kind: 'no-signal' } });
  });

  it.each<{ case: string; change: (whole: NetworkModel) => unknown; reason: RegExp }>([
    { case: 'no object', change: () => 'model', reason: /no object/ },
    { case: 'another version', change: (whole) => ({ ...whole, version: 2 }), reason: /version is 2/ },
    { case: 'an unknown field', change: (whole) => ({ ...whole, extra: 1 }), reason: /unknown field "extra"/ },
    { case: 'a missing field', change: ({ seed: _, ...rest }) => rest, reason: /seed is undefined/ },
    { case: 'leads out of order', change: (whole) => ({ ...whole, leads: [2, 1] }), reason: /leads is/ },
    { case: 'levels without a median', change: (whole) => ({ ...whole, levels: [0.1, 0.9] }), reason: /levels is/ },
    { case: 'a hash that is none', change: (whole) => ({ ...whole, dataHash: 'x' }), reason: /dataHash/ },
    {
      case: 'half of its weights',
      change: (whole) => ({ ...whole, weights: whole.weights.slice(0, 400) }),
      reason: /bytes/,
    },
    { case: 'text for weights', change: (whole) => ({ ...whole, weights: '?' }), reason: /base64/ },
    {
      case: 'a weight that is not a number',
      change: (whole) => ({ ...whole, weights: btoa(`\0\0\xc0\x7f${atob(whole.weights).slice(4)}`) }),
      reason: /weight 0 is NaN/,
    },
    {
      case: 'a shape for other outputs',
      change: (whole) => ({ ...whole, shape: { ...whole.shape, outputs: 5 } }),
      reason: /outputs is 5/,
    },
    {
      case: 'a shape with a field too many',
      change: (whole) => ({ ...whole, shape: { ...whole.shape, depth: 1 } }),
      reason: /unknown field "depth"/,
    },
  ])('is refused with $case', ({ change, reason }) => {
    expect(parseNetworkModel(change(model))).toMatchObject({ ok: false, refusal: expect.stringMatching(reason) });
  });
});
