import type { LedgerRecord } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import type { DayReport, ReportStep } from './report-data.ts';
import { usualGap } from './usual-gap.ts';

/** What a ledger does not hold and a caller may know. */
export interface LedgerContext {
  /** Grid of the load; without it, the usual distance between the ends of two newest steps. */
  readonly stepSeconds?: number;
  /** What capacity counts, plural. @default units */
  readonly unit?: string;
  readonly bootSeconds?: number;
  readonly unitHour?: number;
  readonly notes?: readonly string[];
}

const FALLBACK_STEP_MS = 300_000;

/**
 * A report from the ledger of one group alone: the load that later ticks saw, the group as each tick found it, no other
 * policy and no headline. Records ascending by time; throws `BadInputError` when there is none.
 *
 * A step's load comes from the tick that knew it as its newest, so steps between two such ticks are blank; `floor` and
 * `desired` are what the tick found or set, `ready` what it found in service. O(n log n).
 */
export function reportFromLedger(records: readonly LedgerRecord[], context: LedgerContext = {}): DayReport {
  const last = records.at(-1)?.decision;
  if (last === undefined) throw new BadInputError('no ledger record was given; at least one is needed for a report');
  const stepMs = context.stepSeconds === undefined ? usualStepMs(records) : context.stepSeconds * 1000;
  const steps = stepsOf(records, stepMs);
  const level = records
    .flatMap(({ decision: { forecast } }) => (forecast.kind === 'forecast' ? forecast.level : []))
    .at(-1);
  return {
    title: `Prescale on ${last.group.name}`,
    group: last.group.name,
    policy: { name: last.policyName, mode: last.mode, unit: context.unit ?? 'units' },
    penalty: level === undefined || level >= 1 ? null : level / (1 - level),
    level: level ?? null,
    stepSeconds: stepMs / 1000,
    bootSeconds: context.bootSeconds ?? null,
    unitHour: context.unitHour ?? null,
    period: { fromMs: steps[0]!.ms, toMs: steps.at(-1)!.ms + stepMs },
    steps,
    records,
    arms: [],
    headline: null,
    notes: context.notes ?? [],
  };
}

const usualStepMs = (records: readonly LedgerRecord[]): number =>
  usualGap(records.flatMap(({ decision }) => decision.load?.freshUntilMs ?? [])) ?? FALLBACK_STEP_MS;

const blank = { load: null, need: null, floor: null, desired: null, ready: null };

/** One step for each cell of the grid from the first tick's to the last's; what no tick knew stays null. */
function stepsOf(records: readonly LedgerRecord[], stepMs: number): readonly ReportStep[] {
  const cell = (ms: number): number => Math.floor(ms / stepMs);
  const first = cell(records[0]!.decision.asOfMs);
  const size = cell(records.at(-1)!.decision.asOfMs) - first + 1;
  const steps: ReportStep[] = Array.from({ length: size }, (_, i) => ({ ms: (first + i) * stepMs, ...blank }));
  const merge = (ms: number, known: Partial<ReportStep>): void => {
    const i = cell(ms) - first;
    const before = steps[i];
    if (before !== undefined) steps[i] = { ...before, ...known };
  };
  for (const { decision } of records) {
    const { load, needNow, groupFound: found, action, asOfMs } = decision;
    if (load !== null && load.freshUntilMs !== null) {
      merge(load.freshUntilMs - stepMs, { load: load.latest, need: needNow });
    }
    if (found === null) continue;
    const floor = action.floor ?? found.minSize;
    // AWS raises DesiredCapacity itself when MinSize passes it.
    const desired = Math.max(action.desired ?? found.desired, floor);
    merge(asOfMs, { floor, desired, ready: found.inService });
  }
  return steps;
}
