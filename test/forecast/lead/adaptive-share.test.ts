import { describe, expect, it } from '@jest/globals';
import { adaptiveShare, aggregatedShare } from '../../../models/forecast/lead/adaptive-share.ts';
import { randomSource } from '../../../models/kernel/rng.ts';

const kinds = [
  { name: 'at one rate', share: adaptiveShare },
  { name: 'at rates mixed', share: aggregatedShare },
];

describe.each(kinds)('the share asked for, $name', ({ share }) => {
  it('is the wanted one at first', () => {
    expect(share({ level: 0.8, lateDays: 0 }).asked()).toBeCloseTo(0.8, 12);
  });

  it('ends up where the wanted share is held, although scores have grown', () => {
    const random = randomSource(3);
    const adaptive = share({ level: 0.8, lateDays: 0 });
    let held = 0;
    for (let i = 0; i < 4000; i++) {
      // Every new score lies above the middle of the old ones.
      const needed = 0.5 + random() / 2;
      const holds = needed <= adaptive.asked();
      adaptive.heed(holds, () => needed);
      if (i >= 2000) held += Number(holds) / 2000;
    }
    expect(Math.abs(held - 0.8)).toBeLessThan(0.03);
  });

  it('follows late news more slowly', () => {
    const [fresh, late] = [0, 1].map((lateDays) => share({ level: 0.8, lateDays }));
    for (let i = 0; i < 10; i++) for (const one of [fresh!, late!]) one.heed(false, () => 0.99);
    expect(fresh!.asked()).toBeGreaterThan(late!.asked());
    expect(late!.asked()).toBeGreaterThan(0.8);
  });

  it('never leaves the possible', () => {
    const adaptive = share({ level: 0.5, lateDays: 0 });
    for (let i = 0; i < 500; i++) adaptive.heed(false, () => 1);
    expect(adaptive.asked()).toBeLessThanOrEqual(1);
    for (let i = 0; i < 2000; i++) adaptive.heed(true, () => 0);
    expect(adaptive.asked()).toBeGreaterThanOrEqual(0);
    expect(adaptive.asked()).toBeLessThan(0.1);
  });
});
