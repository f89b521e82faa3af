import type { Samples } from '../../clean/load.ts';
import type { StepView } from '../policy.ts';
import type { GroupSizes } from './aws-refusals.ts';
import { headOf, isLeaving, NOTICE_MS } from './cohort.ts';
import { draw, STREAM } from './draw.ts';
import { loadSeen, samplesSeen } from './metrics.ts';
import { beginOf, type GroupSetting } from './setting.ts';
import type { EnvironmentState, GroupState } from './state.ts';

/** What a controller may see of one group. */
export interface GroupObservation {
  readonly name: string;
  /**
   * Load as the metric shows it, and the fleet: `ready` has warmed up, `pending` boots, waits at a hook or warms up.
   * `known` is t − lag also where its sample has not come: then the newest that has is carried forward.
   */
  readonly view: StepView;
  readonly sizes: GroupSizes;
  /** Units under a spot notice. */
  readonly interrupted: number;
  /** Units waiting at the hooks. */
  readonly waiting: { readonly launch: number; readonly terminate: number };
  readonly isRefreshing: boolean;
  readonly suspended: readonly string[];
  /** The metric's samples of the steps from this one on, as they are delivered; stamps are their steps' beginnings. */
  samples(fromStep: number): Samples;
}

export interface Observation {
  readonly t: number;
  /** The controller's own clock, epoch milliseconds; it may be off and run backwards. */
  readonly nowMs: number;
  readonly groups: readonly GroupObservation[];
}

/**
 * What a controller may see at the beginning of a step: nothing that is still to come, the load no newer than its lag, and
 * of interruptions only those already announced. Same state, same observation. O(groups + cohorts).
 */
export function observe(state: EnvironmentState): Observation {
  const { setting, t, groups } = state;
  const { skewMs, jitterMs } = setting.clock;
  const off = jitterMs === 0 ? 0 : Math.round(jitterMs * (2 * draw(setting.seed, STREAM.jitter, { i: t }) - 1));
  return {
    t,
    nowMs: beginOf(setting, t) + skewMs + off,
    groups: groups.map((group, i) => observed(setting.groups[i]!, group, t)),
  };
}

function observed(setting: GroupSetting, group: GroupState, t: number): GroupObservation {
  const nowMs = beginOf(setting, t);
  let interrupted = 0;
  let waiting = 0;
  let leaving = 0;
  for (const cohort of group.cohorts) {
    if (cohort.noticeAtMs <= nowMs && nowMs < cohort.noticeAtMs + NOTICE_MS) interrupted += cohort.units;
    if (cohort.bootedAtMs <= nowMs && nowMs < cohort.readyAtMs) waiting += cohort.units;
    if (isLeaving(cohort)) leaving += cohort.units;
  }
  return {
    name: setting.name,
    view: viewOf(setting, group, t),
    sizes: group.sizes,
    interrupted,
    waiting: { launch: waiting, terminate: leaving },
    isRefreshing: group.refresh !== null,
    suspended: group.suspended,
    samples: (fromStep) => samplesSeen(setting, t, fromStep),
  };
}

function viewOf(setting: GroupSetting, group: GroupState, t: number): StepView {
  const history = loadSeen(setting, t);
  const known = history.newest;
  const { inService, warming, pending } = headOf(group.cohorts, beginOf(setting, t), setting.warmUpMs);
  return {
    t,
    known,
    load: history.loadAt(known),
    need: history.needAt(known),
    ready: inService - warming,
    pending: pending + warming,
    sinceLaunch: t - group.launchedStep,
    history,
  };
}
