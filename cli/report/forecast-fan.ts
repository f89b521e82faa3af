import { LEDGER_LEVELS } from '../../loop/ledger.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { known } from '../page/format.ts';
import { windowOf } from './decision-facts.ts';
import { usualGap } from './usual-gap.ts';

/** The forecast of one tick over the last part of its window, which no earlier tick spoke of. */
export interface FanPart {
  readonly fromMs: number;
  readonly toMs: number;
  /** Quantiles of the peak over the tick's whole window at `LEDGER_LEVELS`; null where not finite. */
  readonly quantiles: readonly (number | null)[];
  /** The load at the level that the price asks for. */
  readonly atLevel: number | null;
}

/**
 * One part for each tick with a forecast, drawn at the end of the window that it speaks of. A missed tick leaves a hole:
 * no part is wider than the usual distance between two ticks. O(n log n).
 */
export function forecastFan(records: readonly LedgerRecord[], stepSeconds: number): readonly FanPart[] {
  const spoken = records.flatMap(({ decision }) => {
    const window = windowOf(decision, stepSeconds);
    return window === null || decision.forecast.kind !== 'forecast'
      ? []
      : [{ toMs: window.toMs, forecast: decision.forecast }];
  });
  const usual = usualGap(spoken.map(({ toMs }) => toMs)) ?? stepSeconds * 1000;
  return spoken.flatMap(({ toMs, forecast }, i) => {
    const before = spoken[i - 1]?.toMs ?? toMs - usual;
    if (toMs <= before) return [];
    const quantiles = LEDGER_LEVELS.map((_, k) => known(forecast.quantiles[k]));
    return [{ fromMs: Math.max(before, toMs - usual), toMs, quantiles, atLevel: known(forecast.loadAtLevel) }];
  });
}
