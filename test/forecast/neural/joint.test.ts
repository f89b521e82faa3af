import { describe, expect, it } from '@jest/globals';
import { openTensors } from '../../../adapters/tensors/open-tensors.ts';
import { jointNetwork } from '../../../models/forecast/neural/joint-network.ts';
import { jointInputs, jointViews, writeJointWindow } from '../../../models/forecast/neural/joint-view.ts';
import { type JointLoad, type TrainedJoint, trainJoint } from '../../../models/forecast/neural/train-joint.ts';
import { instant, type Series, slice } from '../../../models/kernel/series.ts';
import { seededNormal } from '../../seeded.ts';

const HOUR = 3_600_000;
const LEADS = [1, 2];
const LEVELS = [0.1, 0.5, 0.9];
const STEPS = 6;

const on = (values: Float64Array): Series => ({ startMs: instant(0), stepMs: HOUR, values });

/** A load, and one that is what the first was two hours before: alone it cannot be known. */
function pair(hours: number): readonly JointLoad[] {
  const normal = seededNormal(3);
  const noise = Float64Array.from({ length: hours + 2 }, normal);
  const of = (lag: number) => Float64Array.from({ length: hours }, (_, i) => 100 + 10 * noise[i + 2 - lag]!);
  return [
    { name: 'cpu', history: on(of(0)) },
    { name: 'net', history: on(of(2)) },
  ];
}

const tensors = await openTensors({ backend: 'cpu' });
if (!tensors.ok) throw new Error(tensors.refusal);
const { tf } = tensors.value;

function trained(loads: readonly JointLoad[], mostEpochs = 20): TrainedJoint {
  const outputs = loads.length * LEADS.length * LEVELS.length;
  const answer = trainJoint(tf, loads, {
    task: {
      shape: { kind: 'lstm', steps: STEPS, inputs: jointInputs(loads.length), hidden: 8, outputs },
      leads: LEADS,
      unit: 'robust',
      mostWindows: 600,
      backend: 'cpu',
      dataHash: '0'.repeat(64),
    },
    options: { levels: LEVELS, seed: 1, mostEpochs, patience: 5, batch: 32, learningRate: 0.01 },
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}

const loads = pair(900);
const together = trained(loads);

describe('a network for several loads', () => {
  it('knows of one load by the other what nobody knows of it alone', () => {
    const alone = trained([loads[1]!]);
    const lossOf = ({ test }: TrainedJoint): number => test.find(({ name }) => name === 'net')!.pinball;
    expect(lossOf(together)).toBeLessThan(0.6 * lossOf(alone));
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    trained(loads, 1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('answers for each load with quantiles that rise and are not negative, the same each time', () => {
    const network = jointNetwork(together.model);
    const histories = loads.map(({ history }) => history);
    const answer = network.quantiles(histories);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    expect(answer.value.map((of) => of.map((levels) => levels.length))).toEqual([
      [3, 3],
      [3, 3],
    ]);
    for (const levels of answer.value.flat()) {
      expect(Array.from(levels)).toEqual([...levels].sort((a, b) => a - b));
      expect(levels[0]).toBeGreaterThanOrEqual(0);
    }
    expect(network.quantiles(histories)).toEqual(answer);
  });

  it.each([
    { case: 'another number of loads', of: ([cpu]: Series[]) => [cpu!] },
    { case: 'another end', of: ([cpu, net]: Series[]) => [cpu!, slice(net!, 0, 899)] },
    { case: 'what it was trained on', of: (all: Series[]) => all.map((one) => slice(one, 0, 700)) },
    {
      case: 'a gap',
      of: ([cpu, net]: Series[]) => [cpu!, { ...net!, values: net!.values.slice().fill(Number.NaN, 5) }],
    },
  ])('refuses $case', ({ of }) => {
    const network = jointNetwork(together.model);
    expect(network.quantiles(of(loads.map(({ history }) => history)))).toMatchObject({ ok: false });
  });

  it('reads no load after the step that its window ends with', () => {
    const window = (histories: readonly Series[]): Float32Array => {
      const layout = { base: 'day', steps: STEPS, leads: LEADS } as const;
      const out = new Float32Array(STEPS * jointInputs(2));
      writeJointWindow({ views: jointViews(histories, layout, 2), units: [1, 1] }, layout, { t: 500, out });
      return out;
    };
    const histories = loads.map(({ history }) => history);
    const changed = histories.map((one) => ({ ...one, values: one.values.map((v, i) => (i <= 500 ? v : 7 * v)) }));
    expect(window(changed)).toEqual(window(histories));
  });

  it('refuses loads that have no common end, and shapes that do not go with them', () => {
    const refusal = { ok: false, refusal: { kind: 'no-signal' } };
    const { shape } = together.model;
    const given = {
      task: { shape, leads: LEADS, unit: 'robust', mostWindows: 100, backend: 'cpu', dataHash: '' },
      options: { levels: LEVELS, seed: 1, mostEpochs: 1, patience: 1, batch: 32, learningRate: 0.01 },
    } as const;
    const shorter = { name: 'net', history: slice(loads[1]!.history, 0, 800) };
    expect(trainJoint(tf, [loads[0]!, shorter], given)).toMatchObject(refusal);
    expect(trainJoint(tf, [loads[0]!], given)).toMatchObject(refusal);
  });
});
