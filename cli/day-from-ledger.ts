import type { Policy } from '../loop/policy.ts';
import type { LedgerRecord } from '../loop/ports.ts';
import { BadInputError } from '../models/kernel/errors.ts';
import { median } from '../models/kernel/statistics.ts';
import type { DayReport, ReportStep } from './report/report-data.ts';

/** Most steps that a report draws: a month at one minute. */
const MOST_STEPS = 50_000;

const FIVE_MINUTES_MS = 300_000;

/**
 * A report of one group out of its ledger alone, on the grid of its ticks. The policy, where it is at hand, adds unit,
 * boot time and price. Needs at least one record, ascending by time. Throws `BadInputError` when the period is too long
 * to draw. O(steps).
 */
export function dayFromLedger(records: readonly LedgerRecord[], policy?: Policy): DayReport {
  const [first, last] = [records[0]!.decision, records[records.length - 1]!.decision];
  const stepMs = cadenceOf(records);
  const steps = stepsOf(records, stepMs);
  const priced = records.map(({ decision }) => decision.forecast).findLast((note) => note.kind === 'forecast');
  const level = priced === undefined ? null : priced.level;
  return {
    title: `Prescale: ${first.group.name}`,
    group: first.group.name,
    policy: { name: last.policyName, mode: last.mode, unit: policy?.capacity.unit ?? 'instances' },
    penalty: policy?.price.shortagePenalty ?? (level === null ? null : level / (1 - level)),
    level,
    stepSeconds: stepMs / 1000,
    bootSeconds: policy === undefined ? null : policy.lead.bootSeconds + policy.lead.readinessSeconds,
    unitHour: policy?.price.unitHour ?? null,
    period: { fromMs: first.asOfMs, toMs: last.asOfMs + stepMs },
    steps,
    records,
    arms: [],
    headline: null,
    notes: [
      'Each step is one tick: the load is the newest one that the tick knew, capacity is what it found and what it wrote.',
      'Rivals are not priced here: "prescale backtest" replays them on a recorded load.',
    ],
  };
}

/** The usual time between two ticks. */
function cadenceOf(records: readonly LedgerRecord[]): number {
  const gaps = records.slice(1).map((record, i) => record.decision.asOfMs - records[i]!.decision.asOfMs);
  const usual = median(gaps.filter((gap) => gap > 0));
  return Number.isFinite(usual) ? usual : FIVE_MINUTES_MS;
}

/** Every step of the period; one without a tick is blank, not zero. */
function stepsOf(records: readonly LedgerRecord[], stepMs: number): readonly ReportStep[] {
  const startMs = records[0]!.decision.asOfMs;
  const indexOf = (ms: number): number => Math.round((ms - startMs) / stepMs);
  const count = indexOf(records[records.length - 1]!.decision.asOfMs) + 1;
  if (count > MOST_STEPS) {
    throw new BadInputError(`the period has ${count} steps; at most ${MOST_STEPS} are drawn: choose --from and --to`);
  }
  const steps: ReportStep[] = Array.from({ length: count }, (_, i) => ({ ms: startMs + i * stepMs, ...BLANK }));
  for (const record of records) {
    const i = indexOf(record.decision.asOfMs);
    steps[i] = { ...steps[i]!, ...seenBy(record) };
  }
  return steps;
}

const BLANK = { load: null, need: null, floor: null, desired: null, ready: null } as const;

function seenBy({ decision, outcome }: LedgerRecord): Omit<ReportStep, 'ms'> {
  const { load, needNow, groupFound, action } = decision;
  const written = outcome?.status === 'acted' ? action : { floor: null, desired: null };
  return {
    load: load?.latest ?? null,
    need: needNow,
    floor: written.floor ?? groupFound?.minSize ?? null,
    desired: written.desired ?? groupFound?.desired ?? null,
    ready: groupFound?.inService ?? null,
  };
}
