import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BandSpan, bandPath, linePath, ribbonPath, type Span, stepPath } from '../../../cli/chart/svg-path.ts';

const spans = (...ys: readonly (number | null)[]): readonly Span[] =>
  ys.map((y, i) => ({ from: i * 10, to: (i + 1) * 10, y }));

const anything = fc.array(
  fc.oneof(
    fc.constant(null),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  ),
  { maxLength: 40 },
);

describe('paths', () => {
  it.each([
    { case: 'goes through the middles', ys: [1, 2, 3], path: 'M5 1L15 2L25 3' },
    { case: 'breaks at a blank', ys: [1, 2, null, 3, 4], path: 'M5 1L15 2M35 3L45 4' },
    { case: 'breaks at what is not a number', ys: [1, 2, Number.NaN, 3, 4], path: 'M5 1L15 2M35 3L45 4' },
    { case: 'makes a lone value a dot', ys: [null, 7, null], path: 'M15 7L15 7' },
    { case: 'makes a lone last value a dot', ys: [1, 2, null, 7], path: 'M5 1L15 2M35 7L35 7' },
    { case: 'draws nothing from nothing', ys: [], path: '' },
  ])('a line $case', ({ ys, path }) => {
    expect(linePath(spans(...ys))).toBe(path);
  });

  it.each([
    { case: 'holds each value over its span', ys: [1, 2], path: 'M0 1H10V2H20' },
    { case: 'runs on while the value stays', ys: [1, 1, 1, 2], path: 'M0 1H30V2H40' },
    { case: 'break at a blank', ys: [1, null, 1], path: 'M0 1H10M20 1H30' },
  ])('stairs: $case', ({ ys, path }) => {
    expect(stepPath(spans(...ys))).toBe(path);
  });

  it.each([
    { case: 'goes there along the upper edge and back along the lower', lows: [1, 2], path: 'M5 11L15 12L15 2L5 1Z' },
    { case: 'breaks where an edge is missing', lows: [1, null, 2, 3], path: 'M0 11H10L10 1H0ZM25 12L35 13L35 3L25 2Z' },
    { case: 'breaks where an edge is endless', lows: [1, 2, Number.NEGATIVE_INFINITY], path: 'M5 11L15 12L15 2L5 1Z' },
    { case: 'draws nothing from nothing', lows: [], path: '' },
  ])('a ribbon $case', ({ lows, path }) => {
    const bands = lows.map(
      (low, i): BandSpan => ({ from: i * 10, to: (i + 1) * 10, low, high: low === null ? null : low + 10 }),
    );
    expect(ribbonPath(bands)).toBe(path);
  });

  it('breaks stairs where a span is missing', () => {
    expect(stepPath(spans(1, 1, 1).filter((_, i) => i !== 1))).toBe('M0 1H10M20 1H30');
  });

  it('closes one outline for each unbroken run of a band', () => {
    const band = [
      { from: 0, to: 10, low: 9, high: 1 },
      { from: 10, to: 20, low: 8, high: 2 },
      { from: 20, to: 30, low: null, high: 2 },
      { from: 30, to: 40, low: 9, high: 3 },
    ];
    expect(bandPath(band)).toBe('M0 1H10V2H20L20 8H10V9H0ZM30 3H40L40 9H30Z');
  });

  it('never writes anything but finite coordinates', () => {
    const sound = /^(?:[MLHVZ](?:-?\d+(?:\.\d+)?(?: -?\d+(?:\.\d+)?)?)?)*$/;
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        const bands = a.map((low, i) => ({ from: i, to: i + 1, low, high: b[i] ?? null }));
        for (const path of [linePath(spans(...a)), stepPath(spans(...a)), bandPath(bands)]) expect(path).toMatch(sound);
      }),
    );
  });
});
