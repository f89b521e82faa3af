import { describe, expect, it } from '@jest/globals';
import { choiceTable } from '../../bench/selection/choice-table.ts';
import { changesIn, costOver, type Morning, morningsOf, served } from '../../bench/selection/switch-walk.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { accept } from '../../models/kernel/result.ts';
import { type Judged, judgedCandidate } from '../forecast/judged-candidate.ts';
import { DAY, seriesOf, wave } from '../forecast/loads.ts';

/** Peak, day and 48 hours cost different multiples, so that none can stand for another. */
const cost = (loss: number) => ({ peak: loss, day: loss ** 2, twoDays: loss ** 3 });

/** A morning on which each model was judged by five days of one loss, and the day that begins costs it another. */
const morning = (
  day: number,
  models: Readonly<Record<string, readonly [held: Judged | number, cost: number]>>,
): Morning => ({
  day,
  candidates: Object.entries(models).map(([name, [held, then]]) => ({
    ...judgedCandidate(name, typeof held === 'number' ? { peaks: Array(5).fill(held) } : held),
    cost: cost(then),
  })),
});

const BASE = 'seasonal-naive-day';

describe('serving as the controller would', () => {
  const mornings = Array.from({ length: 12 }, (_, i) =>
    morning(i + 20, { [BASE]: [1, 1], first: [i < 5 ? 0.5 : 9, 0.5], later: [i < 5 ? 9 : 0.4, 0.2] }),
  );

  it('chooses first, and again after a week', () => {
    const days = served(mornings);
    expect(days.map(({ model }) => model)).toEqual([...Array(7).fill('first'), ...Array(5).fill('later')]);
    expect(changesIn(days)).toBe(1);
    expect(costOver(days).peak).toBeCloseTo(7 * 0.5 + 5 * 0.2, 12);
  });

  it('chooses again once there is half as much history again, and never where a change costs all', () => {
    const young = mornings.map((one, i) => ({ ...one, day: i + 3 }));
    expect(served(young).findIndex(({ model }) => model === 'later')).toBe(5);
    expect(changesIn(served(mornings, 1))).toBe(0);
  });

  it('heeds the days since it chose alone, five at most, and a confirmed choice stands for a week again', () => {
    const held = (late: readonly number[]) => ({ peaks: [...Array(5 - late.length).fill(0.1), ...late] });
    const walk = (rival: Judged) => [
      ...Array.from({ length: 7 }, (_, i) => morning(20 + i, { [BASE]: [1, 1], first: [0.5, 1], rival: [0.9, 1] })),
      morning(27, { [BASE]: [1, 1], first: [0.5, 1], rival: [rival, 1] }),
      morning(28, { [BASE]: [1, 1], first: [0.5, 1], rival: [0.1, 1] }),
    ];
    const last = (rival: Judged) => served(walk(rival)).at(-1)!.model;
    expect(last(held([9, 9, 9, 9, 9]))).toBe('first');
    expect(last(held([]))).toBe('rival');
    const young = [
      morning(2, { [BASE]: [1, 1], first: [0.5, 1], rival: [0.9, 1] }),
      morning(3, { [BASE]: [1, 1], first: [0.5, 1], rival: [held([0.6]), 1] }),
    ];
    expect(served(young).at(-1)!.model).toBe('first');
  });

  it('chooses anew where what served does not answer', () => {
    const gone = mornings.map((one, i) => (i === 3 ? morning(23, { [BASE]: [1, 1] }) : one));
    expect(served(gone)[3]).toMatchObject({ day: 23, model: BASE });
  });
});

describe('the table of what a choice is worth', () => {
  const row = (text: string, title: string) => text.split('\n').find((line) => line.startsWith(`| ${title}`));
  const load = (name: string, mornings: readonly Morning[]) => ({ name, mornings });
  const steady = (days: number, held: number, then: number) =>
    Array.from({ length: days }, (_, i) => morning(i + 6, { [BASE]: [1, 1], 'pretrained-trees': [held, then] }));

  it('is relative to the day repeated, over all days and over the later ones of the same walk', () => {
    const text = choiceTable([load('a', steady(4, 0.5, 0.8))]);
    expect(row(text, 'the choice')).toBe(
      '| the choice | 4 | 0.800 | 0.640 | 0.512 | 0.80, 0.64, 0.51 | 0.800 | 0.640 | 0.512 |',
    );
    // Chosen on the sixth day, it stands on the seventh and later, whatever these days would have chosen.
    const [first, ...rest] = steady(3, 0.5, 3);
    const stands = [first!, ...rest.map(({ day }) => morning(day, { [BASE]: [1, 1], 'pretrained-trees': [9, 3] }))];
    expect(row(choiceTable([load('a', stands)]), 'the choice')).toMatch(/ 3\.000 \| 9\.000 \| 27\.000 \|$/);
  });

  it('tells what a choice by one of the losses would have taken', () => {
    const peaks = { peaks: Array(5).fill(0.5), paths: Array(5).fill(1.9) };
    const paths = { peaks: Array(5).fill(1.9), paths: Array(5).fill(0.4) };
    const week = { peaks: Array(5).fill(9), paths: Array(5).fill(0.3) };
    const models = {
      'pretrained-trees': [peaks, 0.7],
      'ensemble-median': [paths, 0.9],
      'seasonal-naive-week': [week, 1.1],
    } as const;
    const text = choiceTable([load('a', [morning(6, { [BASE]: [1, 1], ...models })])]);
    expect(row(text, 'the choice')).toMatch(/ 1 \| 0\.900 /);
    expect(row(text, 'by the peak alone')).toMatch(/ 1 \| 0\.700 /);
    expect(row(text, 'by the path alone')).toMatch(/ 1 \| 1\.100 /);
  });

  it('counts the eighth day, whose morning has seven before it, among the later ones', () => {
    const mornings = [6, 7].map((day) => morning(day, { [BASE]: [1, 1], 'pretrained-trees': [0.5, day / 10] }));
    expect(row(choiceTable([load('a', mornings)]), 'the choice')).toMatch(
      /^\| the choice \| 2 \| 0\.650 .* 0\.700 \| 0\.490 \| 0\.343 \|$/,
    );
  });

  it('shows a load that the day repeated never misses among the worst, and dashes where nobody answers', () => {
    const exact = steady(2, 0.5, 3).map(({ day }) => morning(day, { [BASE]: [1, 0], 'pretrained-trees': [0.5, 3] }));
    const text = choiceTable([load('a', steady(2, 0.5, 0.8)), load('exact', exact)]);
    expect(row(text, 'the choice')).toContain('| 0.800 | 0.640 | 0.512 | Infinity, Infinity, Infinity |');
    expect(row(text, '`ensemble-median`')).toBe(
      '| `ensemble-median` without a choice | 0 | – | – | – | –, –, – | – | – | – |',
    );
  });
});

describe('mornings', () => {
  it('know what lies before them alone, and are scored on what follows', () => {
    const asked: number[] = [];
    const flat: Forecaster = {
      name: BASE,
      path: ({ values }, horizon) => {
        asked.push(values.length);
        return accept(new Float64Array(horizon).fill(100));
      },
    };
    const values = wave({ days: 5, daily: 0, noise: 0 }).map((load, i) => (i < 4 * DAY ? load : load + 7));
    const mornings = morningsOf(seriesOf(values), [flat]);
    expect(mornings.map(({ day }) => day)).toEqual([2, 3, 4]);
    expect(Math.max(...asked)).toBe(4 * DAY);
    expect(mornings.map(({ candidates }) => candidates[0]!.cost.day)).toEqual([0, 0, expect.closeTo(7, 9)]);
    expect(mornings.map(({ candidates }) => candidates[0]!.cost.twoDays)).toEqual([
      0,
      expect.closeTo(3.5, 9),
      Number.NaN,
    ]);
  });
});
