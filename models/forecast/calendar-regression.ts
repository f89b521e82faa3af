import type { Zone } from '../calendar/zone.ts';
import { calendarColumns } from '../features/calendar-columns.ts';
import { leastSquares } from '../kernel/least-squares.ts';
import { refuse } from '../kernel/result.ts';
import { instant } from '../kernel/series.ts';
import { mean } from '../kernel/statistics.ts';
import { coarsen, refine } from './coarsen.ts';
import { sanePath, usable } from './finite.ts';
import type { Forecaster } from './forecaster.ts';
import { type KnownTimes, knownColumns, weightedColumns } from './regressors.ts';

const DAY_MS = 86_400_000;

/** Four weeks at five minutes. */
const MOST_STEPS = 8_064;

const DAILY_PAIRS = 8;

/** Added to the mean squares of the columns, which are near 1: what a fortnight says of a Monday is not much. */
const RIDGE = 0.01;

export interface CalendarRegressionOptions {
  /** By whose clocks days begin. */
  readonly zone: Zone;
  /** Day numbers of local dates. */
  readonly holidays?: ReadonlySet<number>;
  readonly known?: readonly KnownTimes[];
}

/** The clocks that are taken where nobody says whose count. */
const UTC: Zone = { name: 'UTC', offsetMs: () => 0, instantOf: instant };

/**
 * Linear regression of a load on what the calendar says: waves of the local day, another shape of it on days off, days of
 * the week, holidays and their neighbours, known times, and a trend. Knows nothing of the newest steps; what they are off is
 * followed on the hot path.
 *
 * Needs two days of finite values; refuses otherwise, and where the load never changes. Cost: 30 ms for two weeks at five
 * minutes. Source: Hyndman & Athanasopoulos, FPP3 §7.4; ridge, Hoerl & Kennard (1970).
 */
export const calendarRegression = (name: string, options: CalendarRegressionOptions = { zone: UTC }): Forecaster => ({
  name,
  path(history, horizon) {
    const { series, factor } = coarsen(history, { mostSteps: MOST_STEPS });
    const { values: y, startMs, stepMs } = series;
    const fit = usable(y, 2 * Math.round(DAY_MS / stepMs));
    if (!fit.ok) return fit;
    const level = mean(y);
    const spread = Math.sqrt(mean(y.map((load) => (load - level) ** 2)));
    if (!(spread > 1e-9 * Math.abs(level))) return refuse({ kind: 'no-signal', reason: 'the load never changes' });
    const length = y.length + Math.ceil(horizon / factor);
    const instants = Float64Array.from({ length }, (_, i) => startMs + (i + 0.5) * stepMs);
    const columns = [
      Float64Array.from({ length }, () => 1),
      Float64Array.from({ length }, (_, i) => Math.min(1, (2 * i) / y.length - 1)),
      ...calendarOf(instants, options),
      ...knownColumns(options.known ?? [], series, length),
    ];
    const weights = leastSquares(
      columns.map((column) => column.subarray(0, y.length)),
      y.map((load) => (load - level) / spread),
      RIDGE,
    );
    if (!weights.ok) return refuse({ kind: 'library', reason: `column ${weights.refusal.column} is collinear` });
    const path = weightedColumns(columns, weights.value).subarray(y.length);
    return sanePath(
      refine(
        path.map((value) => level + spread * value),
        factor,
        horizon,
      ),
      horizon,
    );
  },
});

/** What the calendar says, and the waves of the day once more for days off alone. */
function calendarOf(instants: Float64Array, { zone, holidays }: CalendarRegressionOptions): readonly Float64Array[] {
  const columns = calendarColumns(instants, { zone, holidays, dailyPairs: DAILY_PAIRS, weeklyPairs: 0 });
  const named = (name: string): Float64Array => columns.find((column) => column.name === name)!.values;
  const [weekend, holiday] = [named('weekend'), named('holiday')];
  const off = weekend.map((flag, i) => Math.max(flag, holiday[i]!));
  const waves = columns.filter(({ name }) => name.startsWith('day '));
  return [
    ...columns.map(({ values }) => values),
    off,
    ...waves.slice(0, 8).map(({ values }) => values.map((value, i) => value * off[i]!)),
  ];
}
