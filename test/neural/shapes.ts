import type { LstmShape, TransformerShape } from '../../models/neural/network-shape.ts';

/** Small networks whose sizes divide by nothing in particular. */
export const LSTM: LstmShape = { kind: 'lstm', steps: 6, inputs: 3, hidden: 5, outputs: 4 };

export const TRANSFORMER: TransformerShape = {
  kind: 'transformer',
  steps: 12,
  inputs: 3,
  patch: 4,
  width: 6,
  heads: 2,
  blocks: 2,
  inner: 10,
  outputs: 5,
};
