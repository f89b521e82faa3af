import { mean } from '../../models/kernel/statistics.ts';
import { known } from '../page/format.ts';
import type { DayReport, ReportStep } from './report-data.ts';

/** True where more was needed than was in service; false where either is unknown. */
export const isShort = ({ need, ready }: ReportStep): boolean => exceeds(need, ready);

/** True where the floor stood below the need, whether or not the group's own scaling had more; false where either is unknown. */
export const isUncovered = ({ need, floor }: ReportStep): boolean => exceeds(need, floor);

/** True where both are known and the first is greater. */
export function exceeds(wanted: number | null | undefined, there: number | null | undefined): boolean {
  const [a, b] = [known(wanted), known(there)];
  return a !== null && b !== null && a > b;
}

/** Capacity over the whole period, in the policy's units. */
export interface CapacityFacts {
  /** Means over the steps in which need and floor are both known; null without any. */
  readonly meanNeed: number | null;
  readonly meanFloor: number | null;
  /** Mean over the steps in which it is known; null without any. */
  readonly meanReady: number | null;
  /** Steps in which need and floor are both known. */
  readonly compared: number;
  /** Steps with the floor below the need. */
  readonly uncovered: number;
  /** Steps with too little in service. */
  readonly short: number;
}

/** O(steps). */
export function capacityFacts({ steps }: DayReport): CapacityFacts {
  const both = steps.flatMap((step) => {
    const [need, floor] = [known(step.need), known(step.floor)];
    return need === null || floor === null ? [] : [{ need, floor }];
  });
  const ready = steps.flatMap((step) => known(step.ready) ?? []);
  return {
    meanNeed: meanOf(both.map(({ need }) => need)),
    meanFloor: meanOf(both.map(({ floor }) => floor)),
    meanReady: meanOf(ready),
    compared: both.length,
    uncovered: steps.filter(isUncovered).length,
    short: steps.filter(isShort).length,
  };
}

const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : mean(values));
