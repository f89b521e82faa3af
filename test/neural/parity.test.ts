import { describe, expect, it } from '@jest/globals';
import { openTensors, type Tensors } from '../../adapters/tensors/open-tensors.ts';
import { parityRows, trainingLosses } from '../../tools/native/parity.ts';

/** The backend that every checkout has; others are compared where they are built (`npm run test:native`). */
async function opened(): Promise<Tensors> {
  const tensors = await openTensors({ backend: 'cpu' });
  if (!tensors.ok) throw new Error(tensors.refusal);
  return tensors.value;
}

describe('the kernels beside the tensor library', () => {
  it('differ by no more than they may, and leave no tensor behind', async () => {
    const rows = parityRows(await opened());
    expect(rows.filter(({ figure, limit }) => !(figure <= limit))).toEqual([]);
    expect(rows.map(({ what }) => what)).toContain('LSTM 48 × 4, hidden 32: outputs');
  });
});

describe('a training', () => {
  it('has the same losses when it is run again, bit for bit', async () => {
    const tensors = await opened();
    expect(trainingLosses(tensors)).toEqual(trainingLosses(tensors));
  });
});

describe('opening the tensor library', () => {
  it('refuses in words where a backend is not there', async () => {
    const answer = await openTensors({ backend: 'wasm', folder: '/nowhere' });
    expect(answer).toMatchObject({ ok: false, refusal: expect.stringContaining('wasm: ') });
  });
});
