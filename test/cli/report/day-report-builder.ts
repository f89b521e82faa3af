import type { DayReport, ReportArm, ReportStep } from '../../../cli/report/report-data.ts';
import { instant } from '../../../models/kernel/series.ts';
import { optimum } from '../../../models/simulate/optimum.ts';
import { targetTracking } from '../../../models/simulate/policies/target-tracking.ts';
import { runPolicy, scoreCapacities } from '../../../models/simulate/run.ts';
import { type ScalingProblem, scalingProblem } from '../../../models/simulate/scaling-problem.ts';
import type { ScalingScore } from '../../../models/simulate/score.ts';
import { DAY_START_MS, loadsOf, STEP_MS, STEP_SECONDS } from './day-load.ts';
import { recordsOfDay } from './day-records.ts';

const armOf = (name: string, score: ScalingScore): ReportArm => ({
  name,
  score: {
    J: score.J,
    ratio: score.ratio,
    cost: score.cost,
    short: score.short,
    breachShare: score.breachShare,
    coldStartRequests: score.coldStart.load,
    coldStartShare: score.coldStart.share,
  },
  ...(score.ready === undefined ? {} : { capacities: [...score.ready] }),
});

function armsOf(problem: ScalingProblem, desired: readonly number[]): readonly ReportArm[] {
  const best = optimum(problem);
  const options = { oracleJ: best.J, keepDecisions: true };
  const clairvoyant = { J: best.J, ratio: 1, cost: best.cost, short: best.short, breachShare: 0 };
  return [
    armOf('prescale', scoreCapacities(problem, desired, options)),
    ...[0.5, 0.7].map((target) => {
      const policy = targetTracking(target);
      return armOf(policy.name, runPolicy(problem, policy, options));
    }),
    { name: 'optimum', score: { ...clairvoyant, coldStartRequests: null, coldStartShare: null } },
  ];
}

/** The day's records and steps as a controller in mode `floor` would leave them; `steps` is 288 for a day of five minutes. */
export function dayReport(steps = 288): DayReport {
  const values = loadsOf(steps);
  const series = {
    startMs: instant(DAY_START_MS - steps * STEP_MS),
    stepMs: STEP_MS,
    values,
    mayHaveBlanks: true,
  } as const;
  const stated = scalingProblem(series, { scoreFrom: steps });
  if (!stated.ok) throw new Error(`the built day is no scaling problem: ${stated.refusal.kind}`);
  const problem = stated.value;
  const records = recordsOfDay(problem, steps);
  const floors = records.map(({ decision }) => Number(decision.decision?.target ?? decision.groupFound?.minSize ?? 0));
  const desired = floors.map((floor, i) => Math.max(floor, problem.need[steps + i - 1]!));
  const own = scoreCapacities(problem, desired, { keepDecisions: true });
  const stepOf = (i: number): ReportStep => ({
    ms: DAY_START_MS + i * STEP_MS,
    load: values[steps + i]!,
    need: problem.need[steps + i]!,
    floor: floors[i]!,
    desired: desired[i]!,
    ready: own.ready![i]!,
  });
  const days = floors.map((_, i) => stepOf(i));
  return {
    title: 'A day of the shop under Prescale',
    group: 'shop-web',
    policy: { name: 'shop', mode: 'floor', unit: 'instances' },
    penalty: 20,
    level: 20 / 21,
    stepSeconds: STEP_SECONDS,
    bootSeconds: 300,
    unitHour: 0.1,
    period: { fromMs: DAY_START_MS, toMs: DAY_START_MS + steps * STEP_MS },
    steps: days,
    records,
    arms: armsOf(problem, desired),
    headline: risesOf(days),
    notes: ['Instances boot in 300 s: modelled.', 'The load is synthetic.'],
  };
}

function risesOf(steps: readonly ReportStep[]): DayReport['headline'] {
  const rises = steps.flatMap((step, i) => (i > 0 && step.need! > steps[i - 1]!.need! ? [i] : []));
  const met = rises.filter((i) => steps[i - 1]!.floor! >= steps[i]!.need!).length;
  return { rises: rises.length, risesAtOrAbove: met, share: met / rises.length };
}
