import { describe, expect, it } from '@jest/globals';
import { choiceTable } from '../../bench/selection/choice-table.ts';
import { changesIn, costOver, type Morning, morningsOf, served } from '../../bench/selection/switch-walk.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { accept } from '../../models/kernel/result.ts';
import { judgedCandidate } from '../forecast/judged-candidate.ts';
import { DAY, seriesOf, wave } from '../forecast/loads.ts';

const cost = (loss: number) => ({ peak: loss, day: loss, twoDays: loss });

/** A morning on which each model was judged by five days of one loss, and the day that begins costs it another. */
const morning = (day: number, models: Readonly<Record<string, readonly [held: number, cost: number]>>): Morning => ({
  day,
  candidates: Object.entries(models).map(([name, [held, then]]) => ({
    ...judgedCandidate(name, { peaks: Array(5).fill(held) }),
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
      '| the choice | 4 | 0.800 | 0.800 | 0.800 | 0.80, 0.80, 0.80 | 0.800 | 0.800 | 0.800 |',
    );
    // Chosen on the sixth day, it stands on the seventh and later, whatever these days would have chosen.
    const [first, ...rest] = steady(3, 0.5, 3);
    const stands = [first!, ...rest.map(({ day }) => morning(day, { [BASE]: [1, 1], 'pretrained-trees': [9, 3] }))];
    expect(row(choiceTable([load('a', stands)]), 'the choice')).toMatch(/ 3\.000 \| 3\.000 \| 3\.000 \|$/);
  });

  it('shows a load that the day repeated never misses among the worst, and dashes where nobody answers', () => {
    const exact = steady(2, 0.5, 3).map(({ day }) => morning(day, { [BASE]: [1, 0], 'pretrained-trees': [0.5, 3] }));
    const text = choiceTable([load('a', steady(2, 0.5, 0.8)), load('exact', exact)]);
    expect(row(text, 'the choice')).toContain('| 0.800 | 0.800 | 0.800 | Infinity, Infinity, Infinity |');
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
