import { fastExp } from './activations.ts';
import { checkWindow, type Inference } from './inference.ts';
import type { TransformerShape } from './network-shape.ts';
import { type NetworkWeights, tensorNamed, tensorViews } from './network-weights.ts';
import { addProduct, rowMajor, transposed } from './product.ts';

/** Added to a variance before its root, as in the tensor library's definition. */
export const NORM_EPSILON = 1e-5;

/**
 * A trained patch encoder on the hot path, batch 1, no library: neighbouring steps form patches, each becomes one token
 * with a learned position; blocks of self-attention and two dense layers (ReLU), each after a layer norm and added to what
 * it read; a last norm; one dense head on all tokens together.
 *
 * Shapes: window steps × inputs → outputs.   Throws `InvariantError` for a window of another length.
 * Cost:   tokens·width·(4·width + 2·inner + 2·tokens) products a block; figures in `bench/results/neural.md`.
 * Source: Nie et al., A Time Series is Worth 64 Words, ICLR 2023 (one series with its calendar, not channel by channel);
 * norm before each part: Xiong et al., ICML 2020.
 */
export function transformerInference(shape: TransformerShape, weights: NetworkWeights): Inference {
  const { steps, inputs, patch, width, outputs } = shape;
  const tokens = steps / patch;
  const tensor = tensorsIn(weights);
  const blocks = Array.from({ length: shape.blocks }, (_, i) => blockOf(shape, (name) => tensor(`${i}/${name}`)));
  const embed = layer(tensor('embed'), tensor('embed-bias'));
  const [position, norm] = [tensor('position'), tensor('norm')];
  const head = layer(tensor('head'), tensor('head-bias'));
  const x = new Float64Array(steps * inputs);
  const stream = new Float64Array(tokens * width);
  const normed = new Float64Array(tokens * width);
  const out = new Float64Array(outputs);
  return (window) => {
    checkWindow(window, shape);
    x.set(window);
    embed(x, stream);
    for (let i = 0; i < stream.length; i++) stream[i] = stream[i]! + position[i]!;
    for (const block of blocks) block(stream);
    layerNorm(stream, norm, normed);
    head(normed, out);
    return Float32Array.from(out);
  };
}

/** Looks a tensor up by its name. */
function tensorsIn(weights: NetworkWeights): (name: string) => Float64Array {
  const views = tensorViews(weights);
  return (name) => tensorNamed(views, name);
}

/** rows of an input → rows of an output, by a matrix and a bias; the number of rows follows from the lengths. */
type Layer = (input: Float64Array, out: Float64Array) => void;

function layer(matrix: Float64Array, bias: Float64Array): Layer {
  const columns = bias.length;
  const inner = matrix.length / columns;
  const b = rowMajor(matrix, columns);
  return (input, out) => {
    for (let at = 0; at < out.length; at += columns) out.set(bias, at);
    addProduct(rowMajor(out, columns), [rowMajor(input, inner), b], { rows: out.length / columns, inner, columns });
  };
}

/** One block as a change of the stream of tokens. */
function blockOf(shape: TransformerShape, tensor: (name: string) => Float64Array): (stream: Float64Array) => void {
  const { width, inner } = shape;
  const tokens = shape.steps / shape.patch;
  const [norm1, norm2] = [tensor('norm-1'), tensor('norm-2')];
  const project = layer(tensor('attention'), tensor('attention-bias'));
  const mix = layer(tensor('mix'), tensor('mix-bias'));
  const up = layer(tensor('up'), tensor('up-bias'));
  const down = layer(tensor('down'), tensor('down-bias'));
  const attend = attention(shape);
  const [a, b] = [new Float64Array(tokens * width), new Float64Array(tokens * width)];
  const projected = new Float64Array(tokens * 3 * width);
  const middle = new Float64Array(tokens * inner);
  return (stream) => {
    layerNorm(stream, norm1, a);
    project(a, projected);
    attend(projected, a);
    mix(a, b);
    for (let i = 0; i < stream.length; i++) stream[i] = stream[i]! + b[i]!;
    layerNorm(stream, norm2, a);
    up(a, middle);
    for (let i = 0; i < middle.length; i++) middle[i] = Math.max(0, middle[i]!);
    down(middle, b);
    for (let i = 0; i < stream.length; i++) stream[i] = stream[i]! + b[i]!;
  };
}

/** Scaled dot-product attention of each head: tokens × [queries, keys, values] → tokens × width. */
function attention({ steps, patch, width, heads }: TransformerShape): Layer {
  const tokens = steps / patch;
  const size = width / heads;
  const scale = 1 / Math.sqrt(size);
  const scores = new Float64Array(tokens * tokens);
  return (projected, out) => {
    out.fill(0);
    for (let head = 0; head < heads; head++) {
      const part = (which: number) => rowMajor(projected, 3 * width, which * width + head * size);
      scores.fill(0);
      addProduct(rowMajor(scores, tokens), [part(0), transposed(part(1))], {
        rows: tokens,
        inner: size,
        columns: tokens,
      });
      for (let row = 0; row < tokens; row++) softmax(scores.subarray(row * tokens, (row + 1) * tokens), scale);
      addProduct(rowMajor(out, width, head * size), [rowMajor(scores, tokens), part(2)], {
        rows: tokens,
        inner: tokens,
        columns: size,
      });
    }
  };
}

function softmax(scores: Float64Array, scale: number): void {
  let most = scores[0]!;
  for (const score of scores) if (score > most) most = score;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    scores[i] = fastExp((scores[i]! - most) * scale);
    sum += scores[i]!;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! / sum;
}

/** Each row less its mean, over its standard deviation, times the norm's first row, plus its second. */
function layerNorm(input: Float64Array, norm: Float64Array, out: Float64Array): void {
  const width = norm.length / 2;
  for (let at = 0; at < input.length; at += width) {
    let mean = 0;
    for (let i = 0; i < width; i++) mean += input[at + i]!;
    mean /= width;
    let variance = 0;
    for (let i = 0; i < width; i++) variance += (input[at + i]! - mean) ** 2;
    const scale = 1 / Math.sqrt(variance / width + NORM_EPSILON);
    for (let i = 0; i < width; i++) out[at + i] = (input[at + i]! - mean) * scale * norm[i]! + norm[width + i]!;
  }
}
