import { dayText } from '../../models/calendar/civil.ts';
import type { EventRule } from '../../models/calendar/event.ts';
import { factorsOf } from '../../models/calendar/event-factor.ts';
import { learnUplifts } from '../../models/calendar/learn-uplift.ts';
import { planned } from '../../models/calendar/occurrences.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { endOf, type Series } from '../../models/kernel/series.ts';
import { ascending, quantileOfSorted } from '../../models/kernel/statistics.ts';

const DAY_MS = 86_400_000;
const HOURS = [3, 9, 15, 21] as const;

/** |ln(learned / true)| of events that were put into a load, each alone and once. */
export interface UpliftErrors {
  readonly events: number;
  readonly median: number;
  readonly ninth: number;
}

/** The events of a rule over a load. */
export function eventOver(rule: EventRule, load: Series) {
  const event = planned(rule, { fromMs: load.startMs, toMs: endOf(load) });
  if (!event.ok) throw new InvariantError(event.refusal.reason);
  return event.value;
}

/** The load with an event put in that multiplies it by so much. */
export function withEvent(load: Series, rule: EventRule, uplift: number): Series {
  const factors = factorsOf([{ uplift, windows: eventOver(rule, load).windows }], load);
  return factors === undefined ? load : { ...load, values: load.values.map((value, i) => value * factors[i]!) };
}

/** Two hours at 3, 9, 15 and 21 o'clock UTC of every day of a load: what is learned of each when it alone is put in. */
export function upliftErrors(load: Series, uplift: number): UpliftErrors {
  const first = Math.ceil(load.startMs / DAY_MS);
  const days = Math.floor((endOf(load) - first * DAY_MS) / DAY_MS);
  const errors = Array.from({ length: days }, (_, day) =>
    HOURS.flatMap((hour) => {
      const starts = `${dayText(first + day)}T${String(hour).padStart(2, '0')}:00`;
      const rule = { name: 'event', zone: 'UTC', starts, durationMinutes: 120 };
      const [learned] = learnUplifts(withEvent(load, rule, uplift), [eventOver(rule, load)]);
      return learned === undefined || learned.occurrences === 0 ? [] : [Math.abs(Math.log(learned.uplift / uplift))];
    }),
  ).flat();
  const sorted = ascending(errors);
  return { events: errors.length, median: quantileOfSorted(sorted, 0.5), ninth: quantileOfSorted(sorted, 0.9) };
}
