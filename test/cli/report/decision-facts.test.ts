import { describe, expect, it } from '@jest/globals';
import { factsOf, windowOf } from '../../../cli/report/decision-facts.ts';
import type { DecisionEntry } from '../../../loop/ledger.ts';
import { units } from '../../../models/kernel/units.ts';
import { entry, record } from '../ledger-records.ts';

const wants = (target: number, change: Partial<DecisionEntry> = {}) =>
  record({ decision: { target: units(target), rule: 'newsvendor', reasons: ['first', 'last'] }, ...change });

describe('the facts of a row', () => {
  it.each([
    { case: 'MinSize in mode floor', mode: 'floor', before: 2 },
    { case: 'DesiredCapacity in mode desired', mode: 'desired', before: 4 },
    { case: 'what was last advised in mode observe', mode: 'observe', before: 5 },
  ] as const)('the lever is $case', ({ mode, before }) => {
    const facts = factsOf([wants(5, { mode }), wants(7, { mode })]);
    expect(facts[1]).toMatchObject({ before, target: 7, moves: true, reason: 'last' });
  });

  it('is no change when the decision leaves the lever where it stands', () => {
    expect(factsOf([wants(2)])[0]!.moves).toBe(false);
  });

  it('gives the forecast’s refusal where nothing was decided', () => {
    const none = record({
      decision: null,
      groupFound: null,
      forecast: { kind: 'refused', reason: 'nothing was read' },
    });
    expect(factsOf([none])[0]).toMatchObject({
      ruling: null,
      before: null,
      target: null,
      moves: false,
      reason: 'nothing was read',
    });
  });

  it('reaches from the newest load over the lead window', () => {
    const fromMs = entry().load!.freshUntilMs!;
    expect(windowOf(entry(), 300)).toEqual({ fromMs, toMs: fromMs + 3 * 300_000 });
  });

  it('has no window without a forecast', () => {
    expect(windowOf(entry({ forecast: { kind: 'refused', reason: 'none' } }), 300)).toBeNull();
  });
});
