import { z } from 'zod';
import { delayRefusal, type UnitDelay, unitDelay } from '../models/decide/need.ts';

const HOUR_SECONDS = 3600;
const limit = z.number().max(HOUR_SECONDS);

/** How long requests may take: `quantile` of them at most `waitSeconds` in the queue, or `responseSeconds` in all. */
export const Objective = z
  .strictObject({
    quantile: z.number().min(0.5).max(0.9999).default(0.99),
    waitSeconds: limit.min(0).optional(),
    responseSeconds: limit.positive().optional(),
    /** Mean time that a unit spends on one request, apart from any wait. */
    serviceSeconds: limit.positive(),
    /** Variance of that time divided by its squared mean: 0 where all take the same, 1 for exponential service. */
    serviceVariation: z.number().min(0).max(100).default(1),
  })
  .refine(({ waitSeconds, responseSeconds }) => (waitSeconds === undefined) !== (responseSeconds === undefined), {
    error: 'one limit is needed: name either "waitSeconds" or "responseSeconds"',
  });

type Objective = z.output<typeof Objective>;

interface Requests {
  readonly source: 'total' | 'utilisation';
  readonly metric: { readonly statistic: string };
}

/** The objective for units of this throughput per second. The order of its fields is part of a model's name. Pure. */
export const unitDelayOf = (objective: Objective, throughputPerUnit: number): UnitDelay =>
  unitDelay(
    {
      quantile: objective.quantile,
      over: objective.waitSeconds === undefined ? 'response' : 'wait',
      seconds: objective.waitSeconds ?? objective.responseSeconds ?? 0,
      serviceSeconds: objective.serviceSeconds,
      serviceVariation: objective.serviceVariation,
    },
    throughputPerUnit,
  );

/** Why the objective cannot be planned for; undefined where it can or where there is none. Pure. */
export function objectiveProblem(
  { objective, throughputPerUnit }: { readonly objective?: Objective | undefined; readonly throughputPerUnit: number },
  { source, metric }: Requests,
): string | undefined {
  // A value out of bounds has been refused already, by its own name.
  if (objective === undefined || !(throughputPerUnit > 0) || !Objective.safeParse(objective).success) return undefined;
  if (source !== 'total' || !['Sum', 'SampleCount'].includes(metric.statistic)) {
    return 'needs a load that counts requests: source "total" and statistic "Sum" or "SampleCount"';
  }
  const delay = unitDelayOf(objective, throughputPerUnit);
  const refusal = delayRefusal(delay);
  if (refusal === undefined) return undefined;
  if (refusal === 'no-server') {
    return `a unit must serve at least one request at once, but throughputPerUnit × serviceSeconds is ${delay.serversPerUnit}`;
  }
  return `no number of units keeps it, because service alone takes longer for more than ${1 - delay.quantile} of all requests`;
}
