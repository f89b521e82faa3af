import { type GappedSeries, instant, type Series } from '../../models/kernel/series.ts';
import type { KnownLoad } from '../../models/simulate/known-load.ts';
import type { ScalingPolicy, StepView } from '../../models/simulate/policy.ts';
import type { ScalingRules } from '../../models/simulate/scaling-problem.ts';

/** What a fitted rule may look at when it decides. */
export interface Moment {
  readonly view: StepView;
  readonly rules: ScalingRules;
  /** Load from one step before the fit on, up to the newest known step. */
  readonly recent: GappedSeries;
}

/** A rule that is fitted to all that is known, and anew as time goes by. */
export interface RefittedRule<M> {
  readonly name: string;
  /** Greatest age of a fit in milliseconds; what there is none of is tried for anew when an hour has gone by or less. */
  readonly renewAfterMs: (model: M | undefined) => number;
  /** Undefined where the history does not bear a fit: then the standing model stays. */
  readonly learn: (history: Series, rules: ScalingRules, standing: M | undefined) => M | undefined;
  /** Wanted capacity, ready and pending together; undefined where the model has nothing to say. */
  readonly decide: (model: M, moment: Moment) => number | undefined;
}

/**
 * A fitted rule as a policy of the simulator. Steps count from the start of the record, a replay knows no calendar; blank
 * steps carry the last known load forward. Without a model or an answer it holds what stands, and never less than the
 * present need. Cost: that of the fits and of the decisions.
 */
export const refitted = <M>({ name, renewAfterMs, learn, decide }: RefittedRule<M>): ScalingPolicy => ({
  name,
  start: (rules) => {
    const stepMs = rules.stepSeconds * 1000;
    let model: M | undefined;
    let triedAt = Number.NEGATIVE_INFINITY;
    let fittedAt = 0;
    return (view) => {
      const now = view.known + 1;
      if ((now - triedAt) * stepMs >= renewAfterMs(model)) {
        triedAt = now;
        const fresh = learn(carried(view.history, 0, stepMs), rules, model);
        if (fresh !== undefined) {
          model = fresh;
          fittedAt = now;
        }
      }
      const recent = { ...carried(view.history, Math.max(0, fittedAt - 1), stepMs), mayHaveBlanks: true } as const;
      const wanted = model === undefined ? undefined : decide(model, { view, rules, recent });
      return { kind: 'desire', capacity: wanted ?? Math.max(view.ready + view.pending, view.need) };
    };
  },
});

/** Known load from a step on, blanks carried forward. */
const carried = (history: KnownLoad, from: number, stepMs: number): Series => ({
  startMs: instant(from * stepMs),
  stepMs,
  values: Float64Array.from({ length: history.newest + 1 - from }, (_, i) => history.loadAt(from + i)),
});
