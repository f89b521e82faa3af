import { accept, type Result, refuse } from '../kernel/result.ts';

/** A recurrent network that reads the steps one after the other; its last state feeds a dense head. */
export interface LstmShape {
  readonly kind: 'lstm';
  /** Steps of one input window. */
  readonly steps: number;
  /** Features of one step. */
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/** An encoder with self-attention over patches of neighbouring steps; all its patches feed a dense head. */
export interface TransformerShape {
  readonly kind: 'transformer';
  readonly steps: number;
  readonly inputs: number;
  /** Steps in one patch; a divisor of `steps`. */
  readonly patch: number;
  /** Features of one patch inside the encoder; a multiple of `heads`. */
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  /** Features between the two dense layers of a block. */
  readonly inner: number;
  readonly outputs: number;
}

export type NetworkShape = LstmShape | TransformerShape;

/** One tensor of a network's weights: its name and its dimensions, row by row. */
export interface TensorShape {
  readonly name: string;
  readonly dims: readonly number[];
}

/** No count in a shape may exceed this. */
const MOST = 4096;

/** No network may have more weights than this: it runs on the hot path. */
const MOST_WEIGHTS = 1_000_000;

/** How many numbers a tensor holds. */
export const sizeOf = ({ dims }: TensorShape): number => dims.reduce((product, n) => product * n, 1);

/** How many weights a network of this shape has. */
export const weightCount = (shape: NetworkShape): number =>
  tensorsOf(shape).reduce((sum, tensor) => sum + sizeOf(tensor), 0);

/**
 * The weights of a network in their order. LSTM gates stand in the order input, forget, candidate, output, as in Keras, so
 * that its layers can be compared tensor by tensor.
 */
export const tensorsOf = (shape: NetworkShape): readonly TensorShape[] =>
  shape.kind === 'lstm' ? lstmTensors(shape) : transformerTensors(shape);

const lstmTensors = ({ inputs, hidden, outputs }: LstmShape): readonly TensorShape[] => [
  { name: 'kernel', dims: [inputs, 4 * hidden] },
  { name: 'recurrent', dims: [hidden, 4 * hidden] },
  { name: 'bias', dims: [4 * hidden] },
  { name: 'head', dims: [hidden, outputs] },
  { name: 'head-bias', dims: [outputs] },
];

function transformerTensors(shape: TransformerShape): readonly TensorShape[] {
  const { steps, inputs, patch, width, inner, outputs } = shape;
  const patches = steps / patch;
  const block = (i: number): readonly TensorShape[] => [
    { name: `${i}/norm-1`, dims: [2, width] },
    { name: `${i}/attention`, dims: [width, 3 * width] },
    { name: `${i}/attention-bias`, dims: [3 * width] },
    { name: `${i}/mix`, dims: [width, width] },
    { name: `${i}/mix-bias`, dims: [width] },
    { name: `${i}/norm-2`, dims: [2, width] },
    { name: `${i}/up`, dims: [width, inner] },
    { name: `${i}/up-bias`, dims: [inner] },
    { name: `${i}/down`, dims: [inner, width] },
    { name: `${i}/down-bias`, dims: [width] },
  ];
  return [
    { name: 'embed', dims: [patch * inputs, width] },
    { name: 'embed-bias', dims: [width] },
    { name: 'position', dims: [patches, width] },
    ...Array.from({ length: shape.blocks }, (_, i) => block(i)).flat(),
    { name: 'norm', dims: [2, width] },
    { name: 'head', dims: [patches * width, outputs] },
    { name: 'head-bias', dims: [outputs] },
  ];
}

/** Refuses, with the reason, a shape that no network can have: counts that are not whole, too large or do not divide. */
export function checkedShape<S extends NetworkShape>(shape: S): Result<S, string> {
  for (const [name, value] of Object.entries(shape)) {
    if (name === 'kind') continue;
    if (!Number.isInteger(value) || value < 1 || value > MOST) {
      return refuse(`${name} is ${value}; a whole number from 1 to ${MOST} is needed`);
    }
  }
  if (shape.kind === 'transformer') {
    const { steps, patch, width, heads } = shape;
    if (steps % patch !== 0) return refuse(`patches of ${patch} do not divide ${steps} steps`);
    if (width % heads !== 0) return refuse(`${heads} heads do not divide a width of ${width}`);
  }
  const weights = weightCount(shape);
  return weights <= MOST_WEIGHTS ? accept(shape) : refuse(`${weights} weights; at most ${MOST_WEIGHTS} are run`);
}
