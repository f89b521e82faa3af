import type { LedgerRecord } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import { units } from '../../models/kernel/units.ts';
import { arrive, type Fleet, fixedBoot, initialFleet, pendingOf, transition } from '../../models/simulate/fleet.ts';
import { targetTracking } from '../../models/simulate/policies/target-tracking.ts';
import type { Decide, Move } from '../../models/simulate/policy.ts';
import { pastOf, viewAt } from '../../models/simulate/run.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { DemoDay } from './day.ts';
import { OWN_TARGET, PUBLICATION_SECONDS } from './policy.ts';
import type { Stage } from './stage.ts';

/** What one step of the day came to. `floor` and `desired` are read from Auto Scaling, `ready` is modelled. */
export interface DayStep {
  readonly startMs: number;
  readonly load: number;
  readonly need: number;
  readonly floor: number;
  readonly desired: number;
  readonly ready: number;
  readonly record: LedgerRecord;
}

export interface Replayed {
  readonly steps: readonly DayStep[];
}

/** Told after each step, for the live line. */
export type Watcher = (step: DayStep) => void;

/**
 * Replays the day on a stage. In each step: the clock moves to when the last period is published, its load is written,
 * the group's own target tracking acts as AWS's alarms would, then the deployed controller gets its scheduled event.
 * How long instances boot is modelled, because no emulator boots any.
 */
export async function replayDay(
  day: DemoDay,
  problem: ScalingProblem,
  acts: { stage: Stage; watch: Watcher },
): Promise<Replayed> {
  const { stage, watch } = acts;
  const { series, from } = day;
  const reactive = ownPolicy(problem);
  const boot = fixedBoot(problem.bootSteps);
  let fleet = initialFleet(problem.need[from]!);
  let launchedAt = Number.NEGATIVE_INFINITY;
  const steps: DayStep[] = [];

  for (let t = from; t < problem.scoreTo; t++) {
    const startMs = series.startMs + t * series.stepMs;
    const asOfMs = instant(startMs + PUBLICATION_SECONDS * 1000);
    await stage.advanceTo(asOfMs);
    await stage.publish([{ periodMs: startMs - series.stepMs, value: series.values[t - 1]! }]);

    fleet = arrive(fleet, t);
    const own = reactive(t, fleet, launchedAt);
    const before = await stage.group();
    const wanted = clamp(capacityAfter(own, fleet), before.minSize, before.maxSize);
    if (wanted !== before.desired) await stage.setDesired(units(wanted));

    const record = await stage.tick(asOfMs);
    const { minSize, desired } = await stage.group();
    const moved = transition(fleet, { kind: 'desire', capacity: desired }, { t, boot });
    if (moved.launched > 0) launchedAt = t;
    fleet = moved.fleet;
    const load = series.values[t]!;
    const step = { startMs, load, need: problem.need[t]!, floor: minSize, desired, ready: moved.serving, record };
    steps.push(step);
    watch(step);
  }
  return { steps };
}

/** The group's own target-tracking policy, asked step by step with the lag that CloudWatch has for everybody. */
function ownPolicy(problem: ScalingProblem): (t: number, fleet: Fleet, launchedAt: number) => Move {
  const decide: Decide = targetTracking(OWN_TARGET).start(pastOf(problem));
  return (t, fleet, launchedAt) => decide(viewAt(problem, t, { fleet, launchedAt }));
}

function capacityAfter(move: Move, fleet: Fleet): number {
  switch (move.kind) {
    case 'hold':
      return fleet.ready + pendingOf(fleet);
    case 'desire':
      return move.capacity;
    case 'release':
      return move.ready + pendingOf(fleet);
  }
}

const clamp = (n: number, least: number, most: number): number => Math.min(Math.max(n, least), most);
