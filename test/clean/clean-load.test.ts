import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CleanOptions, cleanLoad } from '../../models/clean/clean-load.ts';
import { fitWindow } from '../../models/clean/fit-window.ts';
import { type CleanLoad, QUALITY, type Samples } from '../../models/clean/load.ts';
import { instant } from '../../models/kernel/series.ts';

const STEP = 300_000;

/** Samples by step; a step may be given twice. */
const at = (...pairs: readonly (readonly [step: number, value: number])[]): Samples => ({
  timestampsMs: Float64Array.from(pairs, ([step]) => step * STEP),
  values: Float64Array.from(pairs, ([, value]) => value),
});

const options = (changes: Partial<CleanOptions> = {}): CleanOptions => ({
  stepMs: STEP,
  asOfMs: instant(10 * STEP),
  fromMs: instant(0),
  publicationDelayMs: 0,
  missing: 'unknown',
  maxFillSteps: 2,
  ...changes,
});

function cleaned(samples: Samples, changes: Partial<CleanOptions> = {}): CleanLoad {
  const load = cleanLoad(samples, options(changes));
  if (!load.ok) throw new Error(load.refusal.reason);
  return load.value;
}

const { blank, filled, observed, zeroed } = QUALITY;

describe('the grid', () => {
  it('takes samples in any order, and of two for a step the last', () => {
    const load = cleaned(at([2, 30], [0, 10], [1, 20], [2, 31]), { asOfMs: instant(3 * STEP) });
    expect([...load.series.values]).toEqual([10, 20, 31]);
    expect(load.counts).toMatchObject({ observed: 3, duplicates: 1 });
  });

  it('begins at the first whole step of the window', () => {
    const load = cleaned(at([0, 1], [1, 2], [2, 3]), { fromMs: instant(STEP - 1), asOfMs: instant(3 * STEP) });
    expect(load.series.startMs).toBe(STEP);
    expect([...load.series.values]).toEqual([2, 3]);
  });

  it.each([
    { case: 'negative', value: -1 },
    { case: 'not a number', value: Number.NaN },
    { case: 'infinite', value: Number.POSITIVE_INFINITY },
  ])('drops and counts a sample that is $case', ({ value }) => {
    const load = cleaned(at([0, 1], [1, value], [2, 3]), { asOfMs: instant(3 * STEP), maxFillSteps: 0 });
    expect(load.series.values[1]).toBeNaN();
    expect(load.counts).toMatchObject({ observed: 2, rejected: 1, blank: 1 });
  });

  it('refuses a sample between two steps: the metric has another period', () => {
    const off = { timestampsMs: Float64Array.of(STEP / 2), values: Float64Array.of(1) };
    expect(cleanLoad(off, options())).toMatchObject({ ok: false, refusal: { kind: 'off-grid' } });
  });

  it('never looks at a period that its publication delay has not passed', () => {
    const samples = at([0, 1], [1, 2], [2, 3]);
    const late = { asOfMs: instant(3 * STEP), publicationDelayMs: 120_000 };
    expect([...cleaned(samples, late).series.values]).toEqual([1, 2]);
    const other = at([0, 1], [1, 2], [2, 999]);
    expect(cleaned(other, late)).toEqual(cleaned(samples, late));
  });

  it('refuses a window in which nothing can have been published', () => {
    const early = options({ asOfMs: instant(100), publicationDelayMs: 120_000 });
    expect(cleanLoad(at(), early)).toMatchObject({ ok: false, refusal: { kind: 'empty' } });
  });
});

describe('a period without a sample', () => {
  it('is no load at all where the metric says so', () => {
    const load = cleaned(at([0, 1], [3, 4]), { missing: 'zero', asOfMs: instant(6 * STEP) });
    expect([...load.series.values]).toEqual([1, 0, 0, 4, 0, 0]);
    expect([...load.quality]).toEqual([observed, zeroed, zeroed, observed, zeroed, zeroed]);
    expect(load.freshUntilMs).toBe(6 * STEP);
  });

  describe('at the end, where it would mean zero', () => {
    const silentAfter = (steps: number, silent: number, without: readonly number[] = []) => {
      const known = Array.from({ length: steps }, (_, i) => [i, 5] as const).filter(([i]) => !without.includes(i));
      return cleaned(at(...known), { missing: 'zero', doubtSteps: 3, asOfMs: instant((steps + silent) * STEP) });
    };

    it.each([
      { case: 'is doubted when the metric never fell silent before', silent: 2, without: [], believed: false },
      { case: 'is believed once it has lasted', silent: 4, without: [], believed: true },
      { case: 'is believed when it is no longer than twice a silence before', silent: 2, without: [7], believed: true },
      { case: 'is doubted when it is longer than that', silent: 3, without: [7], believed: false },
    ])('$case', ({ silent, without, believed }) => {
      const load = silentAfter(14, silent, without);
      expect(load.freshUntilMs).toBe((believed ? 14 + silent : 14) * STEP);
      expect([...load.quality.subarray(14)]).toEqual(Array.from({ length: silent }, () => (believed ? zeroed : blank)));
      expect([...load.series.values.subarray(14)]).toEqual(
        Array.from({ length: silent }, () => (believed ? 0 : Number.NaN)),
      );
    });

    it('is believed of a metric that is too young to know better', () => {
      expect(silentAfter(11, 2).freshUntilMs).toBe(13 * STEP);
    });
  });

  it('lies on the line between its neighbours where the gap is short', () => {
    const load = cleaned(at([0, 10], [3, 40]), { asOfMs: instant(4 * STEP) });
    expect([...load.series.values]).toEqual([10, 20, 30, 40]);
    expect([...load.quality]).toEqual([observed, filled, filled, observed]);
  });

  it('stays unknown where the gap is long, and what lies before it is not learned from', () => {
    const load = cleaned(at([0, 10], [4, 50], [5, 60]), { asOfMs: instant(6 * STEP) });
    expect([...load.quality]).toEqual([observed, blank, blank, blank, observed, observed]);
    expect(load.fitFrom).toBe(4);
    const window = fitWindow(load);
    expect(window.ok && [...window.value.values]).toEqual([50, 60]);
    expect(window.ok && window.value.startMs).toBe(4 * STEP);
  });

  it('at the end is never filled: it is what blindness is seen by', () => {
    const load = cleaned(at([0, 10], [1, 20]), { asOfMs: instant(4 * STEP) });
    expect([...load.quality]).toEqual([observed, observed, blank, blank]);
    expect(load.freshUntilMs).toBe(2 * STEP);
  });

  it('everywhere is refused where missing is unknown', () => {
    expect(cleanLoad(at(), options())).toMatchObject({ ok: false, refusal: { kind: 'empty' } });
  });
});

describe('what may be fitted', () => {
  it('is finite throughout and ends with the last known step, whatever was sampled', () => {
    const sample = fc.tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.oneof(fc.double({ min: -10, max: 1e6 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)),
    );
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), fc.integer({ min: 0, max: 5 }), (pairs, maxFillSteps) => {
        const load = cleanLoad(at(...pairs), options({ asOfMs: instant(40 * STEP), maxFillSteps }));
        if (!load.ok) return;
        const window = fitWindow(load.value);
        if (!window.ok) return;
        expect(window.value.values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        const endMs = window.value.startMs + window.value.values.length * STEP;
        expect(endMs).toBe(load.value.freshUntilMs);
        const { counts } = load.value;
        expect(counts.observed + counts.filled + counts.zeroed + counts.blank + counts.censored).toBe(40);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
