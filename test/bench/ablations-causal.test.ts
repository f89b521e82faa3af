import { describe, expect, it } from '@jest/globals';
import { ablationsOf } from '../../bench/scaling/ablation-rows.ts';
import { smoothRateBound } from '../../bench/scaling/smooth-rate-bound.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { trailOf } from '../../models/simulate/run.ts';
import type { Replay } from '../../models/simulate/scaling-problem.ts';
import { dailyProblem } from './daily-load.ts';

const SCORED = 50;
const KNOWN = 40;

const now = dailyProblem(4, { seed: 7, scored: SCORED });
const cut = now.scoreFrom + KNOWN;

/** The same past with three times the load and the need from the cut on. */
const otherwise: Replay = {
  ...now,
  load: now.load.map((load, t) => (t < cut ? load : 3 * load)),
  need: now.need.map((need, t) => (t < cut ? need : 3 * need)),
};

/** Histories of one replay are told apart by their length, so each replay has ablations of its own. */
const others = [dailyProblem(3, { seed: 8, scored: 10 })];
const rows = ablationsOf(others).map((policy, i) => ({
  name: policy.name,
  policy,
  again: ablationsOf(others)[i]!,
}));

const early = (replay: Replay, policy: ScalingPolicy): readonly number[] =>
  Array.from(trailOf(replay, policy).desired.slice(0, KNOWN));

describe('the ablations', () => {
  it.each(rows)('"$name" decides the same whatever comes afterwards', ({ policy, again }) => {
    expect(early(otherwise, again)).toEqual(early(now, policy));
  });

  it('sees the changed load once it has come', () => {
    const [policy, again] = [rows[0]!.policy, rows[0]!.again];
    expect(trailOf(otherwise, again).desired).not.toEqual(trailOf(now, policy).desired);
  });

  it('calls a bound what knows the future', () => {
    expect(early(otherwise, smoothRateBound('bound', otherwise))).not.toEqual(
      early(now, smoothRateBound('bound', now)),
    );
  });
});
