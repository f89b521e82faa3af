import type { GappedSeries, Series } from '../kernel/series.ts';
import type { LearnedEvent, PlannedEvent } from './event.ts';
import { factorsOf } from './event-factor.ts';
import { usualAt } from './usual-load.ts';

/** An event that leaves less than this of the load leaves too little to tell the rest by. */
const TOO_LITTLE = 0.5;

/**
 * A load as it would have been without the events, for what is served from a model that was fitted without them: each
 * step divided by what they multiply it by. The very series where they do not touch it. O(steps).
 */
export function withoutEvents(load: GappedSeries, events: readonly LearnedEvent[]): GappedSeries {
  const factors = factorsOf(events, load);
  return factors === undefined ? load : { ...load, values: load.values.map((value, i) => value / factors[i]!) };
}

/**
 * The same for a history that is learned from; `planned` holds the events over all of it, `learned` their uplifts, in the
 * same order. Where events leave less than half of the load, the usual load of that time stands instead of what would be
 * noise multiplied. The very series where no event touches it. O(steps + steps touched · days).
 */
export function historyWithoutEvents(
  history: Series,
  planned: readonly PlannedEvent[],
  learned: readonly LearnedEvent[],
): Series {
  const lifting = planned.map(({ windows }, k) => ({ windows, uplift: learned[k]!.uplift }));
  const factors = factorsOf(lifting, history);
  if (factors === undefined) return history;
  const marked = Uint8Array.from(factors, (factor) => (factor === 1 ? 0 : 1));
  const values = history.values.map((value, i) => {
    const factor = factors[i]!;
    const usual = factor < TOO_LITTLE ? usualAt({ series: history, marked }, i) : undefined;
    return usual ?? value / factor;
  });
  return { ...history, values };
}
