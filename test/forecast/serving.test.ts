import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DirectModel } from '../../models/forecast/direct-model.ts';
import { fitDirect } from '../../models/forecast/direct-regression.ts';
import { outlookOf } from '../../models/forecast/outlook.ts';
import { type GappedSeries, instant } from '../../models/kernel/series.ts';
import { DAY, seriesOf, wave } from './loads.ts';

const FITTED = 5 * DAY;
const load = wave({ days: 6, daily: 0.5, noise: 0.1 });

const fitted = (): DirectModel => {
  const model = fitDirect(seriesOf(load.subarray(0, FITTED)), { horizons: [1, 3, 8], leadSteps: 2 });
  if (!model.ok) throw new Error(JSON.stringify(model.refusal));
  return model.value;
};

const MODEL = fitted();

/** What the model says once so many steps have come, one of them altered or blank. */
interface Look {
  readonly steps: number;
  readonly before: number;
  readonly altered: number | undefined;
  readonly to: number;
}

function recentOf({ steps, before, altered, to }: Look): GappedSeries {
  const values = load.slice(FITTED - before, FITTED + steps);
  if (altered !== undefined && before + altered < values.length - 1) values[before + altered] = to;
  const { startMs, stepMs } = seriesOf(load);
  return { startMs: instant(startMs + (FITTED - before) * stepMs), stepMs, values, mayHaveBlanks: true };
}

function saidBy(model: DirectModel, look: Look): readonly number[] {
  const seen = outlookOf(model, recentOf(look));
  if (!seen.ok) throw new Error(JSON.stringify(seen.refusal));
  const { value } = seen;
  return value.horizons.flatMap((_, i) => [value.exceedance(i, 100), value.quantile(i, 0.5), value.quantile(i, 0.95)]);
}

const looks = fc.array(
  fc.record({
    steps: fc.integer({ min: 1, max: DAY }),
    before: fc.integer({ min: 0, max: 30 }),
    altered: fc.option(fc.nat(40), { nil: undefined }),
    to: fc.constantFrom(0, 55.5, 900, Number.NaN),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('what a model says of the load since its fit', () => {
  it('does not depend on what it was asked before: longer, shorter, corrected or blank', () => {
    fc.assert(
      fc.property(looks, (sequence) => {
        const asked = { ...MODEL };
        for (const look of sequence) expect(saidBy(asked, look)).toEqual(saidBy({ ...MODEL }, look));
      }),
      { numRuns: 40 },
    );
  });

  it('follows a load that comes step by step as it follows one that comes at once', () => {
    const asked = { ...MODEL };
    let last: readonly number[] = [];
    for (let steps = 1; steps <= 300 && steps <= DAY; steps++) {
      last = saidBy(asked, { steps, before: 0, altered: undefined, to: 0 });
    }
    expect(last).toEqual(saidBy({ ...MODEL }, { steps: DAY, before: 0, altered: undefined, to: 0 }));
  });
});
