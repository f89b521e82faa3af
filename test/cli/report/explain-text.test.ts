import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../cli/report/explain-text.ts';
import { noAction } from '../../../loop/ledger.ts';
import { instant } from '../../../models/kernel/series.ts';
import { units } from '../../../models/kernel/units.ts';
import { entry, record, web } from '../ledger-records.ts';
import { dayReport } from './day-report-builder.ts';

/** The text as one line, so that a test does not depend on where lines end. */
const said = (...args: Parameters<typeof explain>): string => explain(...args).replace(/\s+/g, ' ');

const armed = record({
  action: {
    ...noAction,
    floor: units(6),
    arm: { name: 'prescale-home', startMs: instant(Date.parse('1995-07-03T12:30:01Z')), minSize: units(2) },
    claim: true,
  },
});

describe('explain', () => {
  it.each([
    ['which group and when', 'web at 1995-07-03 12:00 UTC (policy web, mode floor)'],
    ['the load it saw', 'The newest load it believed was 1,201 in the step that ended at 11:55 UTC'],
    ['the peak it expected', 'drew an expected path that reaches 1,300 within the next 3 steps'],
    ['the level of the price', 'at or below 1,600 with a probability of 95.2 %'],
    ['what it chose', 'Decided to raise MinSize from 2 to 6, with 4 ordered: the load peaks at or below 1600.'],
    ['what the load of that moment needed', 'Reacting alone: the newest load (1,201) needed 4'],
    ['what else was priced', '6 95 % 1.25 chosen, cheapest'],
    ['the quantiles of the peak', 'load 1,100 1,200 1,300'],
    ['the rule that bound it', 'newsvendor had the last word'],
    ['each reason', '1. the load peaks at or below 1600'],
    ['the switch', "arm the dead-man's switch prescale-home: MinSize back to 2 at 1995-07-03 12:30:01 UTC"],
    ['the write', 'set MinSize to 6'],
    ['the outcome', 'Done: MinSize set to 6.'],
    ['the missing read-back', 'The next tick has not read it back yet.'],
    ['target tracking', 'would have wanted 7 at 50 % and 5 at 70 %'],
    ['the distance from the cheapest', 'Of the alternatives priced it is the cheapest: 6'],
  ])('says %s', (_, sentence) => {
    expect(said(armed)).toContain(sentence);
  });

  it.each([
    { $case: 'says when the load was unlike its history, and why', score: 0.72, said: true },
    { $case: 'does not speak of it when it was not', score: 0.31, said: false },
  ])('$case', ({ score, said: expected }) => {
    const load = { ...entry().load!, unusual: { score, because: 'spike' } };
    const sentence = 'It was unlike what came before (score 0.72, most of all as "spike"); that changes no decision.';
    expect(said(record({ load })).includes(sentence)).toBe(expected);
  });

  it.each([
    [
      'what the account could still launch',
      'The account could still launch so many units: 4 (120 of 128 vCPU are in use).',
    ],
    ['what was not known of it', 'What it could launch was not fully known: the group names zones.'],
    [
      'what AWS lacked',
      'At 1995-07-03 11:50 UTC AWS could not launch for want of capacity: InsufficientInstanceCapacity',
    ],
    [
      'the lead and its boot',
      'The lead time was 1,125 s, with 700 s of boot as measured, where the policy says 300 s; 9 boots were known, nine in ten of them within 700 s.',
    ],
  ])('says %s', (_, sentence) => {
    const found = record({
      lead: {
        seconds: 1125,
        bootSeconds: 700,
        source: 'measured',
        configuredSeconds: 300,
        boots: 9,
        measuredSeconds: 700,
      },
      headroom: {
        limits: [{ of: 'vcpu-quota', units: units(4), said: '120 of 128 vCPU are in use' }],
        unknown: ['the group names zones'],
      },
      shortage: { atMs: Date.parse('1995-07-03T11:50:00Z'), kind: 'capacity', said: 'InsufficientInstanceCapacity' },
    });
    expect(said(found)).toContain(sentence);
  });

  it('says when the fit saw outliers bridged', () => {
    const { forecast } = entry();
    if (forecast.kind !== 'forecast') throw new Error('the sample has no forecast');
    expect(said(record({ forecast: { ...forecast, repairedSteps: 2 } }))).toContain(
      'to a history with 2 outlying steps bridged, drew an expected path',
    );
  });

  it('says why the forecast had no say', () => {
    const doubt = { kind: 'no-better-than-naive', skill: 1.1, reason: 'the forecast is no better than naive' } as const;
    const decision = { target: units(6), rule: 'reactive', reasons: [doubt.reason] } as const;
    const told = said(record({ doubt, decision }));
    expect(told).toContain('It had no say: the forecast is no better than naive.');
    expect(told).toContain('reactive (doubt) had the last word');
  });

  it('says how much dearer the choice is than the cheapest alternative', () => {
    const dearer = record({
      alternatives: [
        { target: units(5), coverage: 0.9, expectedPrice: 1 },
        { target: units(6), coverage: 0.95, expectedPrice: 1.25 },
      ],
    });
    expect(said(dearer)).toContain('0.25 a step dearer than the cheapest alternative, 5 at an expected price of 1.00');
  });

  it('says why the plan may do without the cheapest for one peak', () => {
    const planned = { target: units(5), rule: 'band', reasons: ['4 are worth launching now'] } as const;
    const text = said(record({ decision: planned }));
    expect(text).toContain('The plan weighs more than that peak');
    expect(text).toContain('It was compared with all that was ordered, whoever ordered it: DesiredCapacity 4.');
  });

  it.each([
    { case: 'the plain rule won the trial', forecast: entry().forecast, words: 'had been cheaper than the plan' },
    {
      case: 'there was no forecast',
      forecast: { kind: 'refused', reason: 'no model' } as const,
      words: 'there was no forecast, so the load of that moment set the capacity',
    },
  ])('does not mistake one reactive decision for the other: $case', ({ forecast, words }) => {
    const plain = { target: units(6), rule: 'reactive', reasons: ['the last 3 step(s) needed 6 at most'] } as const;
    expect(said(record({ decision: plain, forecast }))).toContain(words);
  });

  it('names the guard that changed the plan, after the reasons of the plan', () => {
    const limited = {
      target: units(4),
      rule: 'step-limit',
      reasons: ['9 are worth launching', 'no more than 2'],
    } as const;
    expect(said(record({ decision: limited }))).toContain(
      'Decided to raise MinSize from 2 to 4, with 4 ordered: 9 are worth launching; then the guard step-limit changed it: no more than 2.',
    );
  });

  it('names the guard that decided alone', () => {
    const frozen = { target: units(2), rule: 'freeze', reasons: ['frozen: maintenance'] } as const;
    expect(said(record({ decision: frozen }))).toContain(
      'Decided to keep MinSize at 2, with 4 ordered (the guard freeze alone): frozen: maintenance.',
    );
  });

  it('says that a guarded choice was not among those priced', () => {
    const held = record({ decision: { target: units(9), rule: 'scale-in-hold', reasons: ['keeping 9'] } });
    expect(said(held)).toContain('what was decided, 9, was not among those priced');
  });

  it('says plainly when what was written did not stand', () => {
    const { asOfMs } = entry();
    const confirm = {
      group: web,
      asOfMs,
      seenAtMs: asOfMs + 300_000,
      floorSeen: units(2),
      desiredSeen: units(4),
      asIntended: false,
    };
    expect(said({ ...armed, confirm })).toContain('read MinSize 2 and DesiredCapacity 4, NOT as intended');
  });

  it('explains a tick that saw nothing at all', () => {
    const blind = record({
      load: null,
      forecast: { kind: 'refused', reason: 'nothing was read' },
      groupFound: null,
      needNow: null,
      decision: null,
      alternatives: [],
      counterfactual: { targetTracking50: null, targetTracking70: null },
      action: noAction,
    });
    const text = said({ ...blind, outcome: { group: web, asOfMs: 0, status: 'refused', reasons: ['no such policy'] } });
    expect(text).toContain('It could not read the load.');
    expect(text).toContain('There was no forecast: nothing was read.');
    expect(text).toContain('Refused: no such policy.');
  });

  it('does not claim a capacity for a mode that writes nothing', () => {
    expect(said(record({ mode: 'observe', action: noAction }))).toContain('Would have set MinSize to 6, on paper');
  });

  it('cannot be made to steer the terminal by a name', () => {
    const named = record({ group: { ...web, name: 'web\u001b[2J\u0007' } });
    expect(explain(named).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('keeps every line of a day within 100 characters', () => {
    const lines = dayReport(48).records.flatMap((one) => explain(one).split('\n'));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});
