import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../../models/forecast/candidate.ts';
import { chooseChampion, SWITCHING_COST } from '../../models/forecast/champion.ts';
import { judgedCandidate } from './judged-candidate.ts';

const candidate = (name: string, peaks: readonly number[], paths?: readonly number[]): Candidate =>
  judgedCandidate(name, paths === undefined ? { peaks } : { peaks, paths });

const chosen = (candidates: readonly Candidate[], unseenDays?: number, model = 'standing') =>
  chooseChampion(candidates, unseenDays === undefined ? undefined : { model, unseenDays });

describe('a first champion', () => {
  it.each([
    { case: 'the best, where it is better than the yardstick by a hundredth', best: 0.98, name: 'best' },
    { case: 'the yardstick, where none is', best: 0.995, name: 'yardstick' },
  ])('is $case', ({ best, name }) => {
    const verdict = chosen([candidate('yardstick', [1, 1]), candidate('best', [best, best])]);
    expect(verdict?.champion.forecaster.name).toBe(name);
  });

  it('is compared on the newest days where it declined the oldest', () => {
    const yardstick = candidate('yardstick', [1, 1, 4, 4]);
    expect(chosen([yardstick, candidate('late', [3, 3])])?.champion.forecaster.name).toBe('late');
    expect(chosen([yardstick, candidate('late', [4.1, 4.1])])?.champion).toBe(yardstick);
  });

  it('is the one that is better on the days of both, not the one whose days were bad for the yardstick', () => {
    const yardstick = candidate('yardstick', [1, 1, 1, 10, 10]);
    const median = candidate('median', [0.9, 0.9, 0.9, 1.5, 1.5]);
    expect(chosen([yardstick, candidate('week', [2, 2]), median])?.champion).toBe(median);
    const verdict = chosen([yardstick, candidate('week', [1.4, 1.4]), median]);
    expect(verdict).toMatchObject({
      why: 'better than yardstick by 86.00 % (peak better by 86.00 %, path better by 86.00 %) on 2 held-out day(s)',
    });
  });

  it('is not hidden by one that is better on the newest days, and no better than the yardstick', () => {
    const yardstick = candidate('yardstick', [10, 10, 10, 1, 1]);
    const steady = candidate('steady', [1, 1, 1, 1.2, 1.2]);
    expect(chosen([yardstick, steady, candidate('late', [1.1, 1.1])])?.champion).toBe(steady);
    expect(
      chosen([steady, candidate('standing', [10, 10, 10, 1, 1]), candidate('late', [1.1, 1.1])], 5)?.champion,
    ).toBe(steady);
  });

  it('is who answered for most days, where each beats the next on theirs', () => {
    const yardstick = candidate('yardstick', [9, 9, 9, 9]);
    const whole = candidate('whole', [1, 1, 3, 3]);
    const late = candidate('late', [3, 3]);
    expect(chosen([yardstick, late, whole])?.champion).toBe(whole);
  });

  it('is not judged by a newest day that is shorter than a window', () => {
    const short = Number.NaN;
    expect(
      chosen([candidate('yardstick', [1, 1, short]), candidate('best', [0.5, 0.5, short])])?.champion.forecaster.name,
    ).toBe('best');
  });

  it('is the yardstick where nothing was lost', () => {
    expect(chosen([candidate('yardstick', [0, 0]), candidate('other', [0, 0])])?.champion.forecaster.name).toBe(
      'yardstick',
    );
  });

  it('is judged by peak and path alike', () => {
    const yardstick = candidate('yardstick', [1, 1]);
    const peaks = candidate('peaks', [0.5, 0.5], [1.9, 1.9]);
    const paths = candidate('paths', [1.1, 1.1], [0.5, 0.5]);
    expect(chosen([yardstick, peaks, paths])).toMatchObject({
      champion: { forecaster: { name: 'paths' } },
      why: 'better than yardstick by 25.84 % (peak worse by 10.00 %, path better by 50.00 %) on 2 held-out day(s)',
    });
    expect(chosen([yardstick, candidate('peaks', [0.5, 0.5], [2.1, 2.1])])?.champion).toBe(yardstick);
  });

  it('is the only one that answered', () => {
    expect(chosen([candidate('yardstick', [1])])?.why).toBe('no other candidate answered');
  });

  it('is said to be better from its price on, not below', () => {
    expect(chosen([candidate('yardstick', [1]), candidate('best', [0.98])])?.why).toMatch(
      /^better than yardstick by 2\.00 %/,
    );
    const yardstick = candidate('yardstick', [1], [1]);
    const other = candidate('other', [0.5], [9.5]);
    expect(chosen([yardstick, candidate('best', [0.01], [9.5]), other])?.why).toBe(
      'better than yardstick by 69.18 % (peak better by 99.00 %, path worse by 850.00 %) on 1 held-out day(s)',
    );
    expect(chosen([yardstick, candidate('best', [0.01], [10]), other])?.why).toMatch(/path worse, 10 times or more/);
  });

  it('is nobody where there is no candidate', () => {
    expect(chosen([])).toBeUndefined();
  });
});

describe('a champion in use', () => {
  const standing = candidate('standing', [1, 1, 1]);
  const rival = (loss: number) => candidate('rival', [9, loss, loss]);

  it.each([
    { case: 'stays while no challenger pays for the change', loss: 1 - SWITCHING_COST + 0.01, name: 'standing' },
    { case: 'gives way to one that does', loss: 1 - SWITCHING_COST - 0.01, name: 'rival' },
  ])('$case, on the days after it was chosen alone', ({ loss, name }) => {
    const verdict = chosen([rival(loss), standing], 2);
    expect(verdict?.champion.forecaster.name).toBe(name);
    expect(verdict?.why).toMatch(
      /rival was better by \d\.\d\d % \(.*\) on 2 day\(s\) since it was chosen; a change costs 5\.00 %/,
    );
  });

  it('stays where every held-out day was seen by its own choice', () => {
    const verdict = chosen([rival(0.1), standing], 0);
    expect(verdict?.champion).toBe(standing);
    expect(verdict?.why).toBe('no whole day has passed since it was chosen');
  });

  it('says how many days were compared, and nothing of a rival without one', () => {
    const five = candidate('standing', [1, 1, 1, 1, 1]);
    expect(chosen([five, candidate('rival', [0.5, 0.5])], 5)?.why).toMatch(/better by 50\.00 % \(.*\) on 2 day\(s\)/);
    expect(chosen([candidate('standing', [1, Number.NaN]), candidate('rival', [1, Number.NaN])], 1)?.why).toBe(
      'no day since it was chosen holds a window that a challenger saw',
    );
    expect(chosen([candidate('standing', [0, 0]), candidate('rival', [0, 1e-15])], 2)?.why).toMatch(
      /^stays: rival was worse, 10 times or more \(.*\) on 2 day/,
    );
    expect(chosen([standing, candidate('rival', [1, 1, 1])], 2)?.why).toMatch(
      /^stays: rival was no better \(.*\) on 2 day/,
    );
  });

  it('is compared with a challenger on the newest days that both answered', () => {
    const late = candidate('late', [0.5]);
    expect(chosen([standing, late], 2)?.champion).toBe(late);
    expect(chosen([candidate('rival', [0.1, 0.1, 2]), candidate('standing', [1])], 2)?.champion.forecaster.name).toBe(
      'standing',
    );
  });

  it.each([
    { case: 'gives way for a better path', rivals: [{ peaks: [0.99], paths: [0.5] }], next: 'rival 0' },
    { case: 'gives way for a better peak', rivals: [{ peaks: [0.5], paths: [1.2] }], next: 'rival 0' },
    {
      case: 'stays where the one is paid for by the other',
      rivals: [{ peaks: [0.5], paths: [1.9] }],
      next: 'standing',
    },
    {
      case: 'gives way to who is best at both, not at the path',
      rivals: [
        { peaks: [0.5], paths: [0.6] },
        { peaks: [0.8], paths: [0.5] },
      ],
      next: 'rival 0',
    },
    {
      case: 'gives way to who is best at both, not at the peak',
      rivals: [
        { peaks: [0.5], paths: [0.6] },
        { peaks: [0.9], paths: [0.3] },
      ],
      next: 'rival 1',
    },
    {
      case: 'gives way to who was best since it was chosen',
      rivals: [{ peaks: [9, 0.5] }, { peaks: [0.1, 0.6] }],
      next: 'rival 0',
    },
  ])('$case', ({ rivals, next }) => {
    const others = rivals.map((judged, i) => judgedCandidate(`rival ${i}`, judged));
    expect(chosen([candidate('standing', [1, 1]), ...others], 1)?.champion.forecaster.name).toBe(next);
  });

  it('is said to stay before whoever came nearest by both', () => {
    const rivals = [candidate('peaks', [0.9], [1.2]), candidate('level', [1.01])];
    expect(chosen([candidate('standing', [1]), ...rivals], 1)?.why).toBe(
      'stays: level was worse by 1.00 % (peak worse by 1.00 %, path worse by 1.00 %) on 1 day(s) since it was chosen; a change costs 5.00 %',
    );
    const hardly = candidate('hardly', [1 - 1e-7], [1]);
    expect(chosen([candidate('standing', [1]), hardly], 1)?.why).toMatch(
      /hardly was better by less than 0\.01 % \(peak better by less than 0\.01 %, path no better\)/,
    );
  });

  it('stays where the gain is no more than the price', () => {
    const half = candidate('half', [0.25], [1]);
    const verdict = (cost: number) => chooseChampion([standing, half], { model: 'standing', unseenDays: 1 }, cost);
    expect(verdict(0.5)?.champion).toBe(standing);
    expect(verdict(0.49)?.champion).toBe(half);
  });

  it('is chosen anew where it does not answer any more', () => {
    expect(chosen([candidate('yardstick', [1]), candidate('best', [0.5])], 1, 'gone')).toMatchObject({
      champion: { forecaster: { name: 'best' } },
      why: expect.stringMatching(/^gone cannot be judged any more; better than yardstick by 50.00 % .* on 1 held-out/),
    });
  });
});
