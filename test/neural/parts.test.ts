import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomSource } from '../../models/kernel/rng.ts';
import { fastExp, sigmoid, tanh } from '../../models/neural/activations.ts';
import { initialWeights } from '../../models/neural/initial-weights.ts';
import { lstmInference } from '../../models/neural/lstm.ts';
import { lstmModule, placesOf } from '../../models/neural/lstm-code.ts';
import { vectorLstmInference } from '../../models/neural/lstm-vector.ts';
import { inferenceOf } from '../../models/neural/network.ts';
import { checkedShape, type LstmShape, tensorsOf, weightCount } from '../../models/neural/network-shape.ts';
import { tensorViews } from '../../models/neural/network-weights.ts';
import { addProduct, rowMajor, transposed } from '../../models/neural/product.ts';
import { vectorProducts } from '../../models/neural/vector-product.ts';
import { LSTM, TRANSFORMER } from './shapes.ts';

describe('activations', () => {
  it.each([
    { case: 'e^x', ours: fastExp, exact: Math.exp, relative: true },
    { case: 'the sigmoid', ours: sigmoid, exact: (x: number) => 1 / (1 + Math.exp(-x)), relative: false },
    { case: 'tanh', ours: tanh, exact: Math.tanh, relative: false },
  ])('$case is as exact as promised', ({ ours, exact, relative }) => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
        expect(Math.abs(ours(x) - exact(x)) / (relative ? exact(x) : 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it.each([Number.POSITIVE_INFINITY, 1e300, 41])('keep their limits at ±%p', (x) => {
    expect([sigmoid(x), sigmoid(-x), tanh(x), tanh(-x)].map((y) => Math.round(y * 1e9) / 1e9)).toEqual([1, 0, 1, -1]);
  });
});

describe('addProduct', () => {
  it('adds the product that three plain loops give, whatever the sizes and whichever sides are turned', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, fc.boolean(), fc.boolean(), (rows, inner, columns, turnA, turnB) => {
        const random = randomSource(rows + 10 * inner + 100 * columns);
        const a = Float64Array.from({ length: rows * inner }, random);
        const b = Float64Array.from({ length: inner * columns }, random);
        const out = Float64Array.from({ length: rows * columns }, random);
        const plain = out.map((sum, at) => {
          const [i, j] = [Math.floor(at / columns), at % columns];
          for (let k = 0; k < inner; k++) {
            sum += a[turnA ? k * rows + i : i * inner + k]! * b[turnB ? j * inner + k : k * columns + j]!;
          }
          return sum;
        });
        const left = turnA ? transposed(rowMajor(a, rows)) : rowMajor(a, inner);
        const right = turnB ? transposed(rowMajor(b, inner)) : rowMajor(b, columns);
        addProduct(rowMajor(out, columns), [left, right], { rows, inner, columns });
        expect(out).toEqual(plain);
      }),
    );
  });
});

describe.each([
  { case: 'an LSTM', shape: LSTM },
  { case: 'a Transformer', shape: TRANSFORMER },
])('$case', ({ shape }) => {
  it('has the same first weights for the same seed, others for another', () => {
    expect(initialWeights(shape, 3)).toEqual(initialWeights(shape, 3));
    expect(initialWeights(shape, 3).values).not.toEqual(initialWeights(shape, 4).values);
  });

  it('begins with finite weights, every tensor in its place', () => {
    const weights = initialWeights(shape, 1);
    expect(weights.values).toHaveLength(weightCount(shape));
    expect([...tensorViews(weights).keys()]).toEqual(tensorsOf(shape).map(({ name }) => name));
    expect(weights.values.every(Number.isFinite)).toBe(true);
  });

  it('answers alike each time, and leaves its window as it was', () => {
    const run = inferenceOf(initialWeights(shape, 1));
    const window = Float32Array.from({ length: shape.steps * shape.inputs }, randomSource(2));
    const kept = window.slice();
    const first = run(window);
    run(window.map((x) => -x));
    expect(run(window)).toEqual(first);
    expect(window).toEqual(kept);
    expect(first).toHaveLength(shape.outputs);
  });

  it('throws for a window of another length and for weights of another number', () => {
    expect(() => inferenceOf(initialWeights(shape, 1))(new Float32Array(3))).toThrow('a window of 3 numbers');
    expect(() => inferenceOf({ shape, values: new Float32Array(7) })).toThrow('7 weights were given');
  });
});

describe('vectorProducts', () => {
  it('add what the plain product adds, whatever the sizes and whether the left side is turned', () => {
    const size = fc.integer({ min: 1, max: 11 });
    fc.assert(
      fc.property(size, size, fc.constantFrom(4, 8, 12), fc.boolean(), (rows, inner, columns, turn) => {
        const random = randomSource(rows + 20 * inner);
        const { take, addProduct: addVectors } = vectorProducts(1000);
        const [a, b, out] = [take(rows * inner), take(inner * columns), take(rows * columns)];
        for (const { floats } of [a, b, out]) floats.set(floats.map(() => 2 * random() - 1));
        const plain = Float64Array.from(out.floats);
        const left = Float64Array.from(a.floats);
        const right = Float64Array.from(b.floats);
        const sizes = { rows, inner, columns };
        const given = turn ? transposed(rowMajor(left, rows)) : rowMajor(left, inner);
        addProduct(rowMajor(plain, columns), [given, rowMajor(right, columns)], sizes);
        const placed = turn ? { row: 1, column: rows } : { row: inner, column: 1 };
        addVectors(
          { place: out.place, row: columns, column: 1 },
          [
            { place: a.place, ...placed },
            { place: b.place, row: columns, column: 1 },
          ],
          sizes,
        );
        expect(Math.max(...out.floats.map((value, i) => Math.abs(value - plain[i]!)))).toBeLessThan(3e-6);
      }),
    );
  });

  it('throw where there is no more room', () => {
    expect(() => vectorProducts(10).take(40_000)).toThrow('no room for 40000 more numbers');
  });
});

describe('the vector code of an LSTM', () => {
  it('gives what the plain kernel gives, whatever the shape and however far the gates are driven', () => {
    const count = fc.integer({ min: 1, max: 9 });
    const drive = fc.constantFrom(0.1, 1, 10, 1e4);
    fc.assert(
      fc.property(count, count, fc.constantFrom(4, 8, 12, 36), count, drive, (steps, inputs, hidden, outputs, by) => {
        const shape: LstmShape = { kind: 'lstm', steps, inputs, hidden, outputs };
        const weights = initialWeights(shape, steps);
        const random = randomSource(inputs);
        const window = Float32Array.from({ length: steps * inputs }, () => by * (2 * random() - 1));
        const [ours, plain] = [vectorLstmInference(shape, weights)(window), lstmInference(shape, weights)(window)];
        const apart = Math.max(...ours.map((value, i) => Math.abs(value - plain[i]!)));
        // A gate is a sum of single-precision products: its rounding grows with what drives it.
        expect(apart).toBeLessThan(5e-6 * Math.max(1, by));
        expect(ours.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is small', () => {
    const shape: LstmShape = { kind: 'lstm', steps: 48, inputs: 4, hidden: 32, outputs: 36 };
    expect(lstmModule(shape, placesOf(shape)).length).toBeLessThan(1500);
  });
});

describe('checkedShape', () => {
  it.each([
    { case: 'a count of 0', shape: { ...LSTM, hidden: 0 }, reason: 'hidden is 0' },
    { case: 'half a step', shape: { ...LSTM, steps: 1.5 }, reason: 'steps is 1.5' },
    { case: 'patches that do not divide the window', shape: { ...TRANSFORMER, patch: 5 }, reason: 'patches of 5' },
    { case: 'heads that do not divide the width', shape: { ...TRANSFORMER, heads: 4 }, reason: '4 heads' },
    { case: 'more weights than the hot path runs', shape: { ...LSTM, hidden: 4000 }, reason: 'at most 1000000' },
  ])('refuses $case', ({ shape, reason }) => {
    expect(checkedShape(shape)).toMatchObject({ ok: false, refusal: expect.stringContaining(reason) });
  });

  it.each([LSTM, TRANSFORMER])('accepts what can be built: $kind', (shape) => {
    expect(checkedShape(shape)).toEqual({ ok: true, value: shape });
  });
});
