import { describe, expect, it } from '@jest/globals';
import type { Contender, ContestRun } from '../../../cli/accuracy/contest.ts';
import { renderContest } from '../../../cli/accuracy/plot/render-contest.ts';
import { attributeValues, markupProblems } from '../page/markup-problems.ts';

const contender = (owa: number): Contender => ({ smape: 10 * owa, mase: owa, owa, secondsPerSeries: 0.5 });

function run(owas: Readonly<Record<string, number>>, chosen = 'theta'): ContestRun {
  const models = new Map(Object.entries(owas).map(([name, owa]) => [name, contender(owa)]));
  return { series: 4, auto: { ...models.get(chosen)!, chosen }, models, notes: ['histories <are> pooled'] };
}

const OWAS = { theta: 0.9, trees: 0.45, naive2: 1, 'seasonal-naive': 0.6 };
const page = (of: ContestRun): string => renderContest({ train: 'a&b.csv', test: '<c>.csv', run: of });

interface Bar {
  readonly name: string;
  readonly kind: string;
  readonly width: number;
}

const barsOf = (markup: string): readonly Bar[] =>
  [
    ...markup.matchAll(
      /class="rank-name [a-z]+"[^>]*>([^<]*)<\/text>(?:<path class="rank ([a-z]+)" d="M([\d.]+) [\d.]+H([\d.]+)V)?/g,
    ),
  ].map(([, name = '', kind = '', from, to]) => ({ name, kind, width: Number(to ?? 0) - Number(from ?? 0) }));

describe('the page of a contest', () => {
  it('ranks the models, the best first, by bars as long as their OWA', () => {
    const bars = barsOf(page(run(OWAS)));
    expect(bars.map(({ name }) => name)).toEqual(['trees', 'seasonal naive', 'theta = auto', 'Naive2']);
    const unit = bars[3]!.width;
    expect(bars.map(({ width }) => Math.round((100 * width) / unit))).toEqual([45, 60, 90, 100]);
  });

  it('tells the chosen model and the yardsticks from the others, and leads a line through each yardstick', () => {
    const markup = page(run(OWAS));
    expect(barsOf(markup).map(({ kind }) => kind)).toEqual(['other', 'naive', 'chosen', 'naive']);
    expect(markup.match(/class="moment"/g)).toHaveLength(2);
  });

  it('cuts a bar that would leave no room for the others, and says how long it is', () => {
    const markup = page(run({ ...OWAS, wild: 50 }));
    expect(markup).toContain('→ 50.000');
    expect(barsOf(markup)[3]!.width).toBeGreaterThan(100);
  });

  it('puts what has no OWA last, without a bar, and draws nothing where none has', () => {
    const some = barsOf(page(run({ none: Number.NaN, ...OWAS })));
    expect(some.at(-1)).toEqual({ name: 'none', kind: '', width: 0 });
    expect(page(run({ theta: Number.NaN }))).toContain('No OWA is defined for these series');
  });

  it('is sound and holds nothing that differs from run to run', () => {
    const slow = run(OWAS);
    const markup = page(run(OWAS));
    expect(markupProblems(markup)).toEqual([]);
    expect(attributeValues(markup, 'd').filter((path) => /NaN|Infinity/.test(path))).toEqual([]);
    const models = new Map([...slow.models].map(([name, one]) => [name, { ...one, secondsPerSeries: 99 }]));
    expect(page({ ...slow, models, auto: { ...slow.auto, secondsPerSeries: 99 } })).toBe(markup);
  });
});
