import { type ForecastPlot, knownSteps, reachOf } from './forecast-plot.ts';

/** A stretch of time around the moment at which the forecast begins, in steps. */
export interface View {
  readonly id: string;
  readonly title: string;
  /** Steps before that moment, and after it. */
  readonly before: number;
  readonly after: number;
}

const DAY_MS = 86_400_000;

/** How much of the past a view shows, in units of what lies ahead. */
const PAST = { whole: 3, close: 2 } as const;

/** A lead window is seen where the close view reaches no further ahead than so many of them. */
const MOST_WINDOWS = 8;

/** Fewer steps of the past do not show where the load was heading. */
const LEAST_STEPS = 12;

/** A close view that leaves out less than half of the whole one says nothing new. */
const WORTH = 1 / 2;

/** The forecast with as much of the past as shows its day, and, where it is lost in that, from near by. */
export function viewsOf(plot: ForecastPlot): readonly View[] {
  const reach = reachOf(plot);
  const known = knownSteps(plot, plot.loads[0]!.recorded);
  const past = (steps: number): number => Math.max(1, Math.min(known, Math.ceil(steps)));
  const whole = { before: past(Math.max(PAST.whole * reach, DAY_MS / plot.stepMs)), after: reach };
  const ahead = Math.min(reach, MOST_WINDOWS * (plot.window?.steps ?? reach));
  const close = { before: past(Math.max(PAST.close * ahead, LEAST_STEPS)), after: ahead };
  const views: readonly View[] = [{ id: 'whole', title: 'What was recorded, and what is expected', ...whole }];
  return close.before + close.after > WORTH * (whole.before + whole.after)
    ? views
    : [...views, { id: 'close', title: 'The same from near by', ...close }];
}
