import { describe, expect, it } from '@jest/globals';
import { ablationPage } from '../../bench/scaling/ablation-page.ts';
import { FULL, INFLATIONS, inflatedBy } from '../../bench/scaling/ablation-rows.ts';

/** A series on which one inflation is best, and every other dearer by its distance from it. */
const preferring = (series: string, best: number) => ({
  series,
  ratios: Object.fromEntries(INFLATIONS.map((inflation) => [inflatedBy(inflation), 1.12 + Math.abs(inflation - best)])),
});

const page = ablationPage([preferring('a', 1.2), preferring('b', 1), preferring('c', 1)], {
  absent: ['d'],
  provenance: 'today',
});

describe('the page of ablations', () => {
  it('chooses for each series the inflation that is best on the others', () => {
    expect(page).toContain('Inflation chosen on the other series: a 1, b 1, c 1.');
    expect(page).toContain('| inflation chosen on the other series | 1.3200 | 1.1200 | 1.1200 |');
  });

  it('gives each row as a share of the band, and names what was not at hand', () => {
    expect(page).toContain(`| ${FULL} | 1.2400 | 1.2000 | 1.2000 | 1.2132 | 1.0000 |`);
    expect(page).toContain('| bound: the clairvoyant optimum | 1.0000 | 1.0000 | 1.0000 | 1.0000 | 0.8243 |');
    expect(page).toContain('Not at hand: d.');
  });

  it('says that it is of first halves', () => {
    expect(page).toContain('on first halves');
  });
});
