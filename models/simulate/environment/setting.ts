import { InvariantError } from '../../kernel/errors.ts';
import type { Replay } from '../scaling-problem.ts';
import { type Boot, bootOf } from './boot.ts';
import { amount, checkedGroup, checkedHook, share, wholeStepMs } from './check-scenario.ts';
import { seedOf } from './draw.ts';
import type { AccountRules, ClockRules, GroupScenario, LifecycleHook, Pool, Scenario, SpotRules } from './scenario.ts';
import { type Visibility, visibilityOf } from './visibility.ts';

/** One group's part of a scenario, checked, with every default in place. Instants and lengths in milliseconds. */
export interface GroupSetting {
  readonly name: string;
  readonly seed: number;
  readonly replay: Replay;
  readonly startMs: number;
  readonly stepMs: number;
  readonly boot: Boot;
  readonly warmUpMs: number;
  readonly cooldownMs: number;
  readonly launchHook: LifecycleHook | undefined;
  readonly terminateHook: LifecycleHook | undefined;
  readonly protectNew: boolean;
  readonly pools: readonly Pool[];
  readonly zones: number;
  readonly spot: Required<SpotRules>;
  /** Null when the metric has no faults. */
  readonly visibility: Visibility | null;
  readonly schedulesLate: boolean;
  /** Null when whole steps are billed. */
  readonly minimumBilledMs: number | null;
  readonly scenario: GroupScenario;
}

/** A scenario that can be run: shared by all its states, never changed. */
export interface Setting {
  readonly seed: number;
  readonly groups: readonly GroupSetting[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly startMs: number;
  readonly stepMs: number;
  readonly from: number;
  readonly to: number;
  readonly account: Required<AccountRules>;
  readonly clock: Required<ClockRules>;
}

const ONE_POOL: readonly Pool[] = [{ type: 'any', zone: 'any', market: 'on-demand' }];

/** When step t begins, epoch milliseconds. */
export const beginOf = ({ startMs, stepMs }: Pick<Setting, 'startMs' | 'stepMs'>, t: number): number =>
  startMs + t * stepMs;

/** The step that an instant falls into. */
export const stepAt = ({ startMs, stepMs }: Pick<Setting, 'startMs' | 'stepMs'>, atMs: number): number =>
  Math.floor((atMs - startMs) / stepMs);

/**
 * Checks a scenario and puts its defaults in place. Throws `InvariantError` when there is no group, names repeat, groups
 * differ in step or scored steps, or a number is out of its bounds. O(groups + samples of metrics with faults).
 */
export function settingOf(scenario: Scenario, seed: number): Setting {
  const first = scenario.groups[0]?.replay;
  if (first === undefined) throw new InvariantError('an environment needs at least one group');
  const indexOf = new Map(scenario.groups.map(({ name }, i) => [name, i]));
  if (indexOf.size < scenario.groups.length)
    throw new InvariantError('the groups of an environment need names of their own');
  const { account = {}, clock = {} } = scenario;
  share('contentionShare', account.contentionShare);
  return {
    seed,
    groups: scenario.groups.map((group, i) => groupSetting(scenario, group, seedOf(seed, i))),
    indexOf,
    startMs: scenario.startMs ?? 0,
    stepMs: wholeStepMs(first.stepSeconds),
    from: first.scoreFrom,
    to: first.scoreTo,
    account: {
      callsPerMinute: amount('callsPerMinute', account.callsPerMinute ?? Number.POSITIVE_INFINITY),
      contentionShare: account.contentionShare ?? 0,
      unitsQuota: amount('unitsQuota', account.unitsQuota ?? Number.POSITIVE_INFINITY),
    },
    clock: { skewMs: clock.skewMs ?? 0, jitterMs: amount('jitterMs', clock.jitterMs ?? 0) },
  };
}

function groupSetting(scenario: Scenario, group: GroupScenario, seed: number): GroupSetting {
  checkedGroup(scenario.groups[0]!.replay, group);
  const { replay, pools = ONE_POOL, spot = {}, lifecycle = {} } = group;
  const minimum = scenario.billing?.minimumSeconds;
  return {
    name: group.name,
    seed,
    replay,
    startMs: scenario.startMs ?? 0,
    stepMs: wholeStepMs(replay.stepSeconds),
    boot: bootOf(group.boot, { seed, defaultSeconds: replay.bootSteps * replay.stepSeconds }),
    warmUpMs: 1000 * amount('warmUpSeconds', group.warmUpSeconds ?? 0),
    cooldownMs: 1000 * amount('cooldownSeconds', group.cooldownSeconds ?? 0),
    launchHook: checkedHook(lifecycle.launch),
    terminateHook: checkedHook(lifecycle.terminate),
    protectNew: group.protectNew ?? false,
    pools,
    zones: new Set(pools.map(({ zone }) => zone)).size,
    spot: { perHour: amount('perHour', spot.perHour ?? 0), whenUnavailable: spot.whenUnavailable ?? false },
    visibility: group.metrics === undefined ? null : visibilityOf(group.metrics, replay, seed),
    schedulesLate: scenario.schedulesLate ?? false,
    minimumBilledMs: minimum === undefined ? null : 1000 * amount('minimumSeconds', minimum),
    scenario: group,
  };
}
