import type { AvailableSteps } from '../optimum-options.ts';
import type { Replay } from '../scaling-problem.ts';
import { NEVER, NOTICE_MS } from './cohort.ts';
import type { Availability } from './scenario.ts';

/** How the steps of a replay lie beside a record of availability. */
export interface StepsBesideRecord {
  readonly replay: Replay;
  /** Epoch milliseconds at which step 0 of the replay begins. @default 0 */
  readonly startMs?: number;
  /** Whether units are taken, as `SpotRules.whenUnavailable` has it. @default false */
  readonly isLost?: boolean;
}

/**
 * What the availability of a group's only pool means for whoever knows it in advance, at each scored step. Nobody who
 * runs in the environment on the same record can do what this forbids:
 * - units become ready at t when any launch is granted one boot earlier: from after the beginning of the step before
 *   t − D (what ends within a step is replaced at once) to the beginning of step t − D. A share above 0 is a grant, for
 *   luck may have it that all are granted;
 * - where units are taken, each fall to nothing takes all of them two minutes later, those still booting included.
 * With a boot shorter than the notice a fleet may be half taken; such a step counts as no loss.
 * O(steps + changes).
 */
export function availableSteps(
  availability: Availability,
  { replay, startMs = 0, isLost = false }: StepsBesideRecord,
): AvailableSteps {
  const { scoreFrom, scoreTo, bootSteps, stepSeconds } = replay;
  const stepMs = Math.round(1000 * stepSeconds);
  const beginOf = (t: number): number => startMs + t * stepMs;
  const launchable = new Uint8Array(scoreTo - scoreFrom);
  const lost = new Uint8Array(scoreTo - scoreFrom);
  const granted = grantedWithin(availability);
  const falls = isLost ? fallsOf(availability) : [];
  let next = 0;
  for (let t = scoreFrom; t < scoreTo; t++) {
    const order = beginOf(t - bootSteps);
    while (next < falls.length && falls[next]! <= order) next++;
    const takenMs = (falls[next] ?? NEVER) + NOTICE_MS;
    launchable[t - scoreFrom] = Number(granted(order - stepMs, order) && takenMs > beginOf(t));
  }
  for (const fall of falls) {
    const noticed = Math.ceil((fall - startMs) / stepMs) - 1;
    const t = Math.ceil((fall + NOTICE_MS - startMs) / stepMs);
    const isScored = noticed >= scoreFrom && t < scoreTo;
    if (isScored && t - 1 - bootSteps <= noticed) lost[t - scoreFrom] = 1;
  }
  return { launchable, lost };
}

/** Whether any launch is granted after one instant, up to and including another; asked for ascending instants. */
function grantedWithin({ atMs, granted }: Availability): (afterMs: number, untilMs: number) => boolean {
  let from = 0;
  return (afterMs, untilMs) => {
    while (from < atMs.length && atMs[from]! <= afterMs) from++;
    // What holds just after `afterMs` was set by the change before it; before the first everything is granted.
    if (from === 0 || Number(granted[from - 1]) > 0) return true;
    for (let i = from; i < atMs.length && atMs[i]! <= untilMs; i++) if (Number(granted[i]) > 0) return true;
    return false;
  };
}

const fallsOf = ({ atMs, granted }: Availability): readonly number[] => atMs.filter((_, i) => Number(granted[i]) === 0);
