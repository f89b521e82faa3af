import { describe, expect, it } from '@jest/globals';
import { minute } from './controlled-account.ts';
import { type ControlledGroup, controlledGroup } from './controlled-group.ts';

interface Step {
  readonly at: number;
  readonly min: number;
  readonly rule: string | undefined;
}

/** Every tick until then: when, where the floor stood after it, and which rule had the last word. */
async function course(controlled: ControlledGroup, last: number): Promise<readonly Step[]> {
  const steps: Step[] = [];
  while (controlled.world.nowMs <= minute(last)) {
    const at = (controlled.world.nowMs - minute(0)) / 60_000;
    const { entry } = await controlled.turn();
    steps.push({ at, min: controlled.sizes().min, rule: entry.decision?.rule });
  }
  return steps;
}

/** Ten units until half past noon, then four; the tick at 12:37 is the first to see it. */
const falls = (at: number): number => (at < 30 ? 10 : 4);

const changesOf = (steps: readonly Step[]): readonly (readonly [at: number, min: number])[] =>
  steps.filter((step, i) => step.min !== (steps[i - 1]?.min ?? 2)).map(({ at, min }) => [at, min]);

describe('a floor whose load has gone', () => {
  it('is kept for the hold, then lowered by a quarter a tick down to the need', async () => {
    const steps = await course(controlledGroup({ needs: falls }), 72);
    expect(changesOf(steps)).toEqual([
      [2, 10],
      [47, 8],
      [52, 6],
      [57, 5],
      [62, 4],
    ]);
    const ruleAt = (at: number): string | undefined => steps.find((step) => step.at === at)?.rule;
    expect([37, 42].map(ruleAt)).toEqual(['scale-in-hold', 'scale-in-hold']);
    expect([47, 52, 57].map(ruleAt)).toEqual(['step-limit', 'step-limit', 'step-limit']);
    expect(ruleAt(67)).toBe('reactive');
  });

  it('is cut no oftener than the cooldown allows', async () => {
    const guards = { scaleInCooldownSeconds: 900 };
    const steps = await course(controlledGroup({ needs: falls, policy: { guards } }), 92);
    expect(changesOf(steps)).toEqual([
      [2, 10],
      [47, 8],
      [62, 6],
      [77, 5],
      [92, 4],
    ]);
    expect(steps.find(({ at }) => at === 52)?.rule).toBe('scale-in-cooldown');
  });

  it.each([
    { case: 'a longer hold', guards: { scaleInHoldSeconds: 1800 }, first: [62, 8] },
    { case: 'a hold of two hours', guards: { scaleInHoldSeconds: 7200 }, first: [152, 8] },
    { case: 'no hold', guards: { scaleInHoldSeconds: 0 }, first: [37, 8] },
    { case: 'a wider step', guards: { maxStepInShare: 1 }, first: [47, 4] },
  ] as const)('follows the policy: $case', async ({ guards, first }) => {
    const steps = await course(controlledGroup({ needs: falls, policy: { guards } }), first[0]);
    expect(changesOf(steps)[1]).toEqual(first);
  });

  it('never takes desired capacity along: no instance ends by our hand', async () => {
    const controlled = controlledGroup({ needs: (at) => (at < 30 ? 10 : 1) });
    await course(controlled, 120);
    expect(controlled.sizes()).toEqual({ min: 2, max: 40, desired: 10 });
    expect(controlled.group.snapshot(controlled.world.nowMs).inService).toBe(10);
  });
});

describe('a load that comes back', () => {
  it('within the hold finds the floor where it was', async () => {
    const dips = (at: number): number => (at >= 30 && at < 40 ? 3 : 10);
    const steps = await course(controlledGroup({ needs: dips }), 92);
    expect(changesOf(steps)).toEqual([[2, 10]]);
  });

  it('is answered at once, whatever the cooldown of the last cut', async () => {
    const returns = (at: number): number => (at >= 30 && at < 45 ? 4 : 10);
    const guards = { scaleInCooldownSeconds: 3600 };
    const steps = await course(controlledGroup({ needs: returns, policy: { guards } }), 57);
    expect(changesOf(steps)).toEqual([
      [2, 10],
      [47, 8],
      [52, 10],
    ]);
  });
});
