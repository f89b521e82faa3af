import type { Samples } from '../../clean/load.ts';
import { needOf } from '../../decide/need.ts';
import { InvariantError } from '../../kernel/errors.ts';
import { type KnownLoad, knownLoad } from '../known-load.ts';
import type { Replay } from '../scaling-problem.ts';
import { throughputOf } from '../scaling-problem.ts';
import { beginOf, type GroupSetting } from './setting.ts';
import type { Visibility } from './visibility.ts';

/** The load as a controller knows it at the beginning of step t. O(1). */
export function loadSeen({ replay, visibility }: GroupSetting, t: number): KnownLoad {
  const newest = t - replay.lagSteps;
  return visibility === null ? knownLoad(replay, newest) : faultyLoad(replay, visibility, t);
}

const isHidden = ({ blank }: Replay, { seenAt }: Visibility, { i, t }: { readonly i: number; readonly t: number }) =>
  blank[i] === 1 || seenAt[i]! > t;

/** What the sample of step i holds when it is read at step t. */
const heldAt = (
  { load }: Replay,
  { seenAt, firstShare }: Visibility,
  { i, t }: { readonly i: number; readonly t: number },
) => (seenAt[i] === t ? load[i]! * firstShare[i]! : load[i]!);

/** As `knownLoad`, where hidden samples are blanks until they come; before the first one the load is 0. O(gap) a look. */
function faultyLoad(replay: Replay, visibility: Visibility, t: number): KnownLoad {
  const newest = t - replay.lagSteps;
  const throughput = throughputOf(replay);
  const allowed = (step: number): number => {
    if (Number.isInteger(step) && step >= 0 && step <= newest) return step;
    throw new InvariantError(`step ${step} cannot be read: known are steps 0 to ${newest}`, { step, newest });
  };
  const loadAt = (step: number): number => {
    let i = allowed(step);
    while (i >= 0 && isHidden(replay, visibility, { i, t })) i--;
    return i < 0 ? 0 : heldAt(replay, visibility, { i, t });
  };
  const observed = (from: number): Float64Array => {
    const start = Math.max(0, from);
    return Float64Array.from({ length: Math.max(0, newest + 1 - start) }, (_, k) =>
      isHidden(replay, visibility, { i: start + k, t }) ? Number.NaN : heldAt(replay, visibility, { i: start + k, t }),
    );
  };
  return {
    newest,
    loadAt,
    needAt: (step) => needOf(loadAt(step), throughput),
    isBlank: (step) => isHidden(replay, visibility, { i: allowed(step), t }),
    mostNeeded(from) {
      if (from > newest) return 0;
      let most = 0;
      for (const value of observed(from)) if (value > most) most = value;
      return needOf(Math.max(most, loadAt(Math.max(0, from))), throughput);
    },
    observed,
  };
}

/** The samples from one step on as the metric's reader gets them at step t: late ones out, doubles twice. O(steps). */
export function samplesSeen(setting: GroupSetting, t: number, from: number): Samples {
  const { replay, visibility } = setting;
  const timestampsMs: number[] = [];
  const values: number[] = [];
  for (let i = Math.max(0, from); i <= t - replay.lagSteps; i++) {
    if (replay.blank[i] === 1 || (visibility !== null && visibility.seenAt[i]! > t)) continue;
    const value = visibility === null ? replay.load[i]! : heldAt(replay, visibility, { i, t });
    const times = visibility?.isDouble[i] === 1 ? 2 : 1;
    for (let k = 0; k < times; k++) {
      timestampsMs.push(beginOf(setting, i));
      values.push(value);
    }
  }
  return { timestampsMs: Float64Array.from(timestampsMs), values: Float64Array.from(values) };
}
