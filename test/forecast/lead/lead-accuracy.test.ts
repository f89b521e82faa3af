import { describe, expect, it } from '@jest/globals';
import { shippedLeadTrees } from '../../../adapters/fit/lead-trees-file.ts';
import { measureLead } from '../../../models/forecast/lead/lead-accuracy.ts';
import { judgeLead } from '../../../models/forecast/lead/lead-judgement.ts';
import { randomSource } from '../../../models/kernel/rng.ts';
import { gapped, wandering } from '../loads.ts';

const HOUR = 3_600_000;

describe('the accuracy at a lead', () => {
  it('is better than a repeated day where the level wanders slowly', () => {
    const answer = measureLead(gapped(wandering(24 * 20)), HOUR);
    if (!answer.ok) throw new Error(answer.refusal.reason);
    expect(answer.value.figures.skill).toBeLessThan(0.6);
    expect(answer.value.figures.accuracy).toBeGreaterThan(95);
    expect(answer.value.figures.targets).toBe(24 * 10);
  });

  it('is better by the help of what was learned elsewhere, where days and weeks both count', () => {
    const random = randomSource(8);
    let level = 1;
    const load = Float64Array.from({ length: 24 * 28 }, (_, t) => {
      level = 1 + 0.98 * (level - 1) + 0.04 * (random() - 0.5);
      const weekend = Math.floor(t / 24) % 7 > 4 ? 0.6 : 1;
      return 100 * level * weekend * (1.5 + Math.sin((2 * Math.PI * t) / 24));
    });
    const [alone, helped] = [undefined, shippedLeadTrees()].map((trees) => measureLead(gapped(load), 24 * HOUR, trees));
    if (!alone?.ok || !helped?.ok) throw new Error('refused');
    expect(helped.value.figures.skill).toBeLessThan(0.95 * alone.value.figures.skill);
  });

  it.each([
    {
      case: 'two jobs a day, one on weekdays',
      of: (h: number, d: number) => 5 + (h === 3 ? 200 : 0) + (h === 14 && d % 7 < 5 ? 100 : 0),
    },
    {
      case: 'office hours over next to nothing',
      of: (h: number, d: number) => (h >= 8 && h < 18 && d % 7 < 5 ? 100 : 3),
    },
    { case: 'evenings', of: (h: number, d: number) => 20 + (h > 17 && h < 23 ? 100 : 0) * (d % 7 < 5 ? 1 : 0.6) },
  ])('is hardly worse by it where a load knows itself: $case', ({ of }) => {
    const random = randomSource(4);
    const load = Float64Array.from({ length: 24 * 28 }, (_, t) => {
      const noise = 1 + 0.05 * (random() - 0.5);
      return of(t % 24, Math.floor(t / 24)) * noise;
    });
    for (const lead of [1, 24]) {
      const [alone, helped] = [undefined, shippedLeadTrees()].map((trees) =>
        measureLead(gapped(load), lead * HOUR, trees),
      );
      if (!alone?.ok || !helped?.ok) throw new Error('refused');
      expect(helped.value.figures.skill).toBeLessThan(1.15 * alone.value.figures.skill);
    }
  });

  it('of the peak takes no help from trees that know loads', () => {
    const [alone, helped] = [undefined, shippedLeadTrees()].map((pretrained) =>
      judgeLead(gapped(wandering(24 * 20)), 6 * HOUR, { aim: 'peak', pretrained }),
    );
    expect(helped).toEqual(alone);
  });

  it('is not absurd where a load starts after days of nothing', () => {
    const load = wandering(24 * 35).map((value, t) => (t < 24 * 21 ? 0 : value));
    for (const trees of [undefined, shippedLeadTrees()]) {
      const answer = measureLead(gapped(load), HOUR, trees);
      if (!answer.ok) throw new Error(answer.refusal.reason);
      expect(answer.value.figures.accuracy).toBeGreaterThan(60);
    }
  });

  it('is measured against the day before where the first half holds no step a week before another', () => {
    const random = randomSource(2);
    // Days are low and high in turn, and weeks repeat: the first half cannot know that the week before is nearly right.
    const load = Float64Array.from({ length: 24 * 14 }, (_, t) => 50 + 20 * ((Math.floor(t / 24) % 7) % 2) + random());
    const answer = measureLead(gapped(load), 24 * HOUR);
    if (!answer.ok) throw new Error(answer.refusal.reason);
    expect(answer.value.figures.skill).toBeLessThan(1.5);
  });

  it.each([
    {
      case: 'a record of less than four leads',
      hours: 24 * 27,
      lead: 168,
      reason: 'the record spans 648 h, 672 h needed',
      targets: 157,
    },
    { case: 'too few targets', hours: 24 * 5, lead: 1, reason: '60 targets, 72 needed', targets: 60 },
    { case: 'a record of two hours', hours: 2, lead: 1, reason: 'the record spans 2 h, 4 h needed', targets: 0 },
  ])('is refused for $case', ({ hours, lead, reason, targets }) => {
    expect(measureLead(gapped(wandering(hours)), lead * HOUR)).toEqual({ ok: false, refusal: { reason, targets } });
  });

  it.each([
    { case: 'no load at all', values: new Float64Array(24 * 10) },
    { case: 'a load that never changes', values: new Float64Array(24 * 10).fill(7) },
    { case: 'a load that turns off', values: wandering(24 * 10).map((load, t) => (t < 100 ? load : 0)) },
    { case: 'blanks in every day', values: wandering(24 * 14).map((load, t) => (t % 24 < 3 ? Number.NaN : load)) },
  ])('is measured or undefined, never wild, for $case', ({ values }) => {
    const answer = measureLead(gapped(values), HOUR);
    if (!answer.ok) throw new Error(answer.refusal.reason);
    const { accuracy, coverage } = answer.value.figures;
    expect(Number.isNaN(accuracy) || Math.abs(accuracy) <= 100).toBe(true);
    expect(coverage.every((share) => share >= 0 && share <= 1)).toBe(true);
  });
});
