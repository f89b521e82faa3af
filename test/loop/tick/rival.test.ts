import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../cli/report/explain-text.ts';
import { controlledGroup } from './controlled-group.ts';

const told = ({ world }: ReturnType<typeof controlledGroup>) =>
  world.notices.sent.filter(({ subject }) => subject === 'another forecaster acts on this group');

describe('AWS predictive scaling on the same group', () => {
  it('stands in the ledger entry of the tick that saw it, and in what explain says', async () => {
    const controlled = controlledGroup({ group: { hasPredictivePolicy: true } });
    const { entry } = await controlled.turn();
    expect(entry.rival).toBe('aws-predictive-scaling');
    expect(entry.decision).toMatchObject({ target: 10 });
    const text = explain({ decision: entry, outcome: undefined, confirm: undefined }).replace(/\s+/g, ' ');
    expect(text).toContain('AWS predictive scaling acts on the same group');
  });

  it('is told to a person once, however often it is seen', async () => {
    const controlled = controlledGroup({ group: { hasPredictivePolicy: true } });
    await controlled.turns(30);
    expect(told(controlled)).toHaveLength(1);
    expect(told(controlled)[0]?.text).toContain('Set it to ForecastOnly');
  });

  it('is not told again by a raise after a floor was given back, for which nobody asked', async () => {
    const needs = (at: number) => (at < 30 || at >= 120 ? 10 : 1);
    const controlled = controlledGroup({ needs, group: { hasPredictivePolicy: true } });
    await controlled.turns(22);
    expect(controlled.sizes().min).toBeLessThan(10);
    await controlled.turns(6);
    expect(controlled.sizes().min).toBe(10);
    expect(told(controlled)).toHaveLength(1);
  });

  it('is told again when it comes back after it has been seen gone', async () => {
    const controlled = controlledGroup({ group: { hasPredictivePolicy: true } });
    await controlled.turns(5);
    controlled.group.hasPredictivePolicy = false;
    await controlled.turns(10);
    controlled.group.hasPredictivePolicy = true;
    await controlled.turns(10);
    expect(told(controlled)).toHaveLength(2);
  });

  it('is told at the next look where the message could not be sent', async () => {
    const controlled = controlledGroup({ group: { hasPredictivePolicy: true } });
    controlled.world.failNext('notices.send', { code: 'Throttling' });
    await controlled.turn();
    expect(told(controlled)).toHaveLength(0);
    await controlled.turns(10);
    expect(told(controlled)).toHaveLength(1);
  });

  it('is nothing to tell of where there is none', async () => {
    const controlled = controlledGroup();
    const { entry } = await controlled.turn();
    expect('rival' in entry).toBe(false);
    expect(told(controlled)).toHaveLength(0);
  });
});
