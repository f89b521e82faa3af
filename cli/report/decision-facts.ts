import { type DecisionEntry, isIdle } from '../../loop/ledger.ts';
import type { Mode } from '../../loop/policy.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import type { Alternative } from '../../models/decide/decision.ts';
import { type Ruling, rulingOf } from './ruling.ts';

/** What a row of the list of decisions says, drawn from one record and the one before it. */
export interface DecisionFacts {
  readonly asOfMs: number;
  readonly ruling: Ruling | null;
  /** Where the lever stood: DesiredCapacity in mode `desired`, MinSize in `floor`, what was last advised otherwise. */
  readonly before: number | null;
  /** Where the decision wants it. */
  readonly target: number | null;
  /** True when the decision moves the lever. */
  readonly moves: boolean;
  readonly reason: string;
}

/** True where the mode lets Prescale write to the group. */
export const mayAct = (mode: Mode): boolean => mode === 'floor' || mode === 'desired';

/** Name of the lever that a mode moves, as AWS calls it. */
export const leverName = (mode: Mode): string => (mode === 'desired' ? 'DesiredCapacity' : 'MinSize');

function leverBefore(entry: DecisionEntry, previous: DecisionEntry | undefined): number | null {
  const found = entry.groupFound;
  if (found === null) return null;
  if (mayAct(entry.mode)) return entry.mode === 'desired' ? found.desired : found.minSize;
  return previous?.decision?.target ?? found.minSize;
}

/** The facts of each record; the records are of one group, ascending. O(n). */
export const factsOf = (records: readonly LedgerRecord[]): readonly DecisionFacts[] =>
  records.map(({ decision: entry }, i) => {
    const before = leverBefore(entry, records[i - 1]?.decision);
    const target = entry.decision?.target ?? null;
    return {
      asOfMs: entry.asOfMs,
      ruling: rulingOf(entry),
      before,
      target,
      moves: before !== null && target !== null && before !== target,
      reason: entry.decision?.reasons.at(-1) ?? refusalOf(entry),
    };
  });

const refusalOf = ({ forecast }: DecisionEntry): string => (forecast.kind === 'refused' ? forecast.reason : '');

/** The alternative with the least expected price, and the one that was chosen where it was priced. */
export function pricedChoice(entry: DecisionEntry): {
  readonly cheapest: Alternative | undefined;
  readonly chosen: Alternative | undefined;
} {
  const cheapest = entry.alternatives.reduce<Alternative | undefined>(
    (best, one) => (best === undefined || one.expectedPrice < best.expectedPrice ? one : best),
    undefined,
  );
  return { cheapest, chosen: entry.alternatives.find((one) => one.target === entry.decision?.target) };
}

/** True when something was to be written to AWS. */
export const writes = ({ action }: DecisionEntry): boolean => !isIdle(action);

/** The time that the forecast speaks of: from the end of the newest load known, over the lead window. Null without either. */
export function windowOf(
  { forecast, load }: DecisionEntry,
  stepSeconds: number,
): { readonly fromMs: number; readonly toMs: number } | null {
  const fromMs = load?.freshUntilMs;
  if (forecast.kind !== 'forecast' || fromMs === null || fromMs === undefined) return null;
  return { fromMs, toMs: fromMs + forecast.windowSteps * stepSeconds * 1000 };
}
