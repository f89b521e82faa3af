import { describe, expect, it } from '@jest/globals';
import { against } from '../../../cli/report/headline-section.ts';
import { priceTable } from '../../../cli/report/price-table.ts';
import type { ReportArm } from '../../../cli/report/report-data.ts';

const arm = (name: string, change: Partial<ReportArm['score']> = {}): ReportArm => ({
  name,
  score: {
    J: 1234,
    ratio: 1.2,
    cost: 1000,
    short: 11.7,
    breachShare: 0.005,
    coldStartRequests: 90,
    coldStartShare: 0.0012,
    ...change,
  },
});

describe('the price table', () => {
  it('aligns every row under its head', () => {
    const lines = priceTable([arm('prescale'), arm('target-tracking-50', { J: 123456789 })])
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it('names policies as people do, and what is undefined by a dash', () => {
    const table = priceTable([arm('target-tracking-70'), arm('optimum', { ratio: null, coldStartRequests: null })]);
    expect(table).toMatch(/^target tracking 70 % +1,234 +1\.200/m);
    expect(table).toMatch(/^clairvoyant optimum +1,234 +– .* – +0\.12 %$/m);
  });
});

describe('a price against another', () => {
  it.each([
    { ours: 74, theirs: 100, said: '26 % less' },
    { ours: 101.4, theirs: 100, said: '1.4 % more' },
    { ours: 100, theirs: 100, said: 'the same' },
    { ours: 0, theirs: 0, said: 'the same' },
    { ours: 5, theirs: 0, said: 'more' },
  ])('$ours against $theirs is $said', ({ ours, theirs, said }) => {
    expect(against(ours, theirs)).toBe(said);
  });
});
