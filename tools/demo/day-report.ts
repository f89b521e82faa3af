import { armScoreOf } from '../../cli/report/arm-score.ts';
import type { DayReport } from '../../cli/report/report-data.ts';
import { criticalRatioOf, type Policy } from '../../loop/policy.ts';
import type { ScalingProblem } from '../../models/simulate/scaling-problem.ts';
import type { DemoDay } from './day.ts';
import { BOOT_SECONDS, GROUP, OWN_TARGET, PENALTY } from './policy.ts';
import type { DayStep } from './replay-day.ts';
import type { Arm, Headline } from './score-day.ts';

export interface Played {
  readonly day: DemoDay;
  readonly problem: ScalingProblem;
  readonly policy: Policy;
  readonly steps: readonly DayStep[];
  readonly arms: readonly Arm[];
  readonly rises: Headline;
  /** Where it was played, for people. */
  readonly label: string;
}

/** Everything that the report of a replayed day shows. */
export function dayReport(played: Played): DayReport {
  const { day, problem, policy, steps, arms, rises } = played;
  const { stepMs } = day.series;
  const first = steps[0]!.startMs;
  return {
    title: `A day of a web site, ${day.recorded}, replayed`,
    group: GROUP,
    policy: { name: policy.name, mode: policy.mode, unit: policy.capacity.unit },
    penalty: PENALTY,
    level: criticalRatioOf(policy),
    stepSeconds: problem.stepSeconds,
    bootSeconds: BOOT_SECONDS,
    unitHour: policy.price.unitHour,
    period: { fromMs: first, toMs: first + steps.length * stepMs },
    steps: steps.map(({ startMs, load, need, floor, desired, ready }) => ({
      ms: startMs,
      load,
      need,
      floor,
      desired,
      ready,
    })),
    records: steps.map(({ record }) => record),
    arms: arms.map(({ name, score }) => ({
      name,
      score: armScoreOf(score),
      capacities: Array.from(score.ready ?? []),
    })),
    headline: { ...rises, share: rises.rises === 0 ? null : rises.risesAtOrAbove / rises.rises },
    notes: notesOf(played),
  };
}

const notesOf = ({ label, day, problem }: Played): readonly string[] => [
  `Played on ${label}; the load is what NASA's web server recorded on ${day.recorded} (Internet Traffic Archive). The day is moved in time: it began when this was played, so all times here are those of the moved day, in UTC.`,
  `Boot time is modelled: an instance that is ordered serves ${BOOT_SECONDS} s later, for every policy. Every policy sees the load ${problem.lagSteps} step late.`,
  `The group's own target tracking at ${100 * OWN_TARGET} % is modelled too (no emulator has one): it goes on above the floor that Prescale sets. Prescale is scored on the capacity that Auto Scaling had after each turn.`,
  'Throughput is scaled so that the mean need is about 20 instances; prices are instance-steps of five minutes.',
];
