import { describe, expect, it } from '@jest/globals';
import { compared, lossOf } from '../../models/forecast/candidate.ts';
import { type Judged, judgedCandidate } from './judged-candidate.ts';

const between = (own: Judged, its: Judged, most?: number) =>
  compared(judgedCandidate('own', own), judgedCandidate('its', its), most);

describe('two candidates', () => {
  it('are compared by the geometric mean of peak and path, on the sums of the days', () => {
    const [own, its] = [
      { peaks: [1, 3], paths: [20, 12] },
      { peaks: [4, 4], paths: [8, 24] },
    ];
    expect(between(own, its)).toEqual({ loss: expect.closeTo(Math.sqrt(0.5), 12), peak: 0.5, path: 1, days: 2 });
    expect(between(its, own).loss).toBeCloseTo(1 / between(own, its).loss, 12);
  });

  it.each([
    { case: 'so many at most', most: 2, days: 2, peak: 2.5 },
    { case: 'none', most: 0, days: 0, peak: 1 },
    { case: 'all that both have', most: undefined, days: 3, peak: 2 },
  ])('are compared on the newest days: $case', ({ most, days, peak }) => {
    expect(between({ peaks: [9, 1, 2, 3] }, { peaks: [1, 1, 1] }, most)).toMatchObject({ days, peak });
  });

  it('are not compared on days without a whole window', () => {
    const [own, its] = [
      { peaks: [2, Number.NaN], paths: [2, 100] },
      { peaks: [1, Number.NaN], paths: [1, 1] },
    ];
    expect(between(own, its)).toMatchObject({ days: 1, peak: 2, path: 2 });
    expect(lossOf(judgedCandidate('own', own).tuned.daily)).toBeCloseTo(2, 12);
  });

  it('are alike where neither lost anything', () => {
    expect(between({ peaks: [0] }, { peaks: [0] })).toEqual({ loss: 1, peak: 1, path: 1, days: 1 });
  });

  it('count windows alike on a day of few, and days alike in their paths', () => {
    const days = (peaks: readonly number[], windows: readonly number[]) => {
      const judged = judgedCandidate('one', { peaks, paths: [1, 3] });
      const daily = judged.tuned.daily.map((day, i) => ({ ...day, windows: windows[i]! }));
      return { ...judged, tuned: { ...judged.tuned, daily }, onNewest: () => ({ ...judged.tuned, daily }) };
    };
    const { peak, path } = compared(days([2, 10], [9, 1]), days([1, 1], [9, 1]));
    expect([peak, path]).toEqual([expect.closeTo(2.8, 12), 1]);
  });

  it.each([
    {
      case: 'the peak',
      own: { peaks: [0], paths: [100] },
      its: { peaks: [1e-9], paths: [1] },
      parts: { peak: 1, path: 100 },
    },
    {
      case: 'the path',
      own: { peaks: [100], paths: [0] },
      its: { peaks: [1], paths: [1e-9] },
      parts: { peak: 100, path: 1 },
    },
  ])('are not told apart by what is next to nothing of $case', ({ own, its, parts }) => {
    const { loss, peak, path } = between({ ...own, load: 100 }, { ...its, load: 100 });
    expect({ peak, path }).toEqual({ peak: expect.closeTo(parts.peak, 1), path: expect.closeTo(parts.path, 1) });
    expect(loss).toBeCloseTo(10, 2);
  });

  it('are not to be told apart by a loss of nothing where there was no load', () => {
    expect(between({ peaks: [1] }, { peaks: [0] }).loss).toBe(Number.POSITIVE_INFINITY);
    expect(between({ peaks: [1], paths: [0] }, { peaks: [0], paths: [1] }).loss).toBe(1);
  });
});
