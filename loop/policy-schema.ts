import { z } from 'zod';
import { Events } from './events.ts';
import { Objective, objectiveProblem } from './objective.ts';

const positive = z.number().positive();
const HOUR_SECONDS = 3600;

/** No boot and no wait that a controller could plan for is longer. */
const seconds = z
  .number()
  .int()
  .min(0)
  .max(4 * HOUR_SECONDS);

/** What CloudWatch is asked for. Dimensions are exact; the period is the grid on which everything is computed. */
const Metric = z.strictObject({
  namespace: z.string().min(1),
  name: z.string().min(1),
  dimensions: z.record(z.string().min(1), z.string().min(1)).default({}),
  statistic: z.enum(['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount']),
  periodSeconds: z
    .number()
    .int()
    .refine((s) => s >= 60 && 86_400 % s === 0 && s % 60 === 0, {
      error: 'must be a multiple of 60 that divides a day, for example 60 or 300',
    }),
});

const Load = z
  .strictObject({
    /**
     * `total`: the metric is the whole load, whatever the number of instances. `utilisation`: the metric is percent busy
     * per unit, and the load is rebuilt as utilisation × capacity in service.
     */
    source: z.enum(['total', 'utilisation']),
    metric: Metric,
    /** What a period without a sample means. A quiet night is not an outage, and the metric alone cannot tell. */
    missing: z.enum(['zero', 'unknown']),
    /** How long after its end a period may still be absent or partial. */
    publicationDelaySeconds: seconds.default(120),
  })
  .refine((load) => !/PerTarget$/i.test(load.metric.name), {
    error:
      'a per-target metric falls when instances are added, so the forecast would erase itself: name the total (for example RequestCount, Sum) instead',
    path: ['metric', 'name'],
  })
  .refine((load) => load.source !== 'total' || !/Utili[sz]ation$/i.test(load.metric.name), {
    error: 'a utilisation falls when instances are added, so it is not a total: say "utilisation"',
    path: ['source'],
  })
  .refine((load) => load.source !== 'utilisation' || load.missing === 'unknown', {
    error: 'a missing utilisation is never zero load: say "unknown"',
    path: ['missing'],
  });

const Capacity = z.strictObject({
  /** What MinSize, MaxSize and DesiredCapacity count in this group; a name for people. */
  unit: z.string().min(1).default('instances'),
  /** Load that one unit carries at 100 % utilisation: metric units per second (`Sum`, `SampleCount`) or per sample (others). */
  throughputPerUnit: positive,
  /** Whether a person set the throughput or it was measured. */
  throughputSource: z.enum(['configured', 'estimated']).default('configured'),
  /** Share of a unit's throughput that may be used before it counts as short. */
  targetUtilisation: z.number().gt(0).max(1).default(0.8),
  /** How long requests may take; where it is set, it says what is short instead of `targetUtilisation`. */
  objective: Objective.optional(),
});

const Lead = z.strictObject({
  /** From launch to in service. Where readiness is not named apart, to ready. */
  bootSeconds: seconds.default(300),
  /**
   * Whether boots are measured, and the measured time is used where it takes more or fewer steps. It is shortened only
   * where `readinessSeconds` is named, so that nothing that worked is ordered later than before.
   */
  measure: z.boolean().default(true),
  readinessSeconds: seconds.default(0),
  queueSeconds: seconds.max(HOUR_SECONDS).default(5),
});

const Price = z.strictObject({
  /** US dollars per unit and hour. */
  unitHour: positive.default(0.1),
  /** Price of one unit missing for one step, in multiples of the price of having it. τ = penalty / (penalty + 1). */
  shortagePenalty: positive.max(1e6).default(20),
});

const Guards = z.strictObject({
  /** Most units added in one tick, as a share of what is there (at least one unit). */
  maxStepOutShare: positive.default(1),
  /** Most units removed in one tick, as a share of what is there (at least one unit). */
  maxStepInShare: z.number().gt(0).max(1).default(0.25),
  scaleInHoldSeconds: seconds.default(900),
  scaleInCooldownSeconds: seconds.default(300),
  /** Units kept free between the floor and MaxSize, for the group's own reactive policy and for instance refreshes. */
  headroomUnits: z.number().int().min(0).default(1),
  blindMinutes: z.number().min(0).max(120).default(15),
  deadManMinutes: z.number().min(10).max(240).default(30),
});

/** How far back CloudWatch keeps samples of a period. Source: AWS documentation, GetMetricStatistics. */
const retentionDays = (periodSeconds: number): number => (periodSeconds % 300 === 0 ? 63 : 15);

/** The dead-man's switch outlives two turns that are missed, also where the last healthy one was not due to renew it. */
const LEAST_TURNS_ALIVE = 4;

/** Version 1 of the document; every key has its bounds, and unknown keys are refused. */
export const PolicySchema = z
  .strictObject({
    version: z.literal(1),
    name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, ".", "_" or "-"' }),
    /** Key of the load's history: two groups of a blue/green pair name the same workload and share what was learned. */
    workload: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,128}$/, { error: 'must be 1 to 128 letters, digits, ".", "_" or "-"' }),
    mode: z.enum(['observe', 'advise', 'floor', 'desired']).default('observe'),
    load: Load,
    capacity: Capacity,
    cadenceSeconds: z.number().int().min(60).max(3600).default(300),
    lead: Lead.default(() => Lead.parse({})),
    price: Price.default(() => Price.parse({})),
    guards: Guards.default(() => Guards.parse({})),
    /** What moves the load at known times; how much is learned. */
    events: Events.optional(),
    history: z.strictObject({ days: z.number().min(2).max(63).default(14) }).default({ days: 14 }),
  })
  .refine(({ history, load }) => history.days <= retentionDays(load.metric.periodSeconds), {
    error:
      'CloudWatch keeps samples of 300 s and multiples for 63 days, others for 15: name fewer days or a longer period',
    path: ['history', 'days'],
  })
  .superRefine(({ capacity, load }, { addIssue }) => {
    const message = objectiveProblem(capacity, load);
    if (message !== undefined) addIssue({ code: 'custom', path: ['capacity', 'objective'], message });
  })
  .superRefine(({ cadenceSeconds, guards: { deadManMinutes } }, { addIssue }) => {
    const least = (LEAST_TURNS_ALIVE * cadenceSeconds) / 60;
    if (deadManMinutes >= least) return;
    addIssue({
      code: 'custom',
      path: ['guards', 'deadManMinutes'],
      message: `${deadManMinutes} minutes are fewer than ${LEAST_TURNS_ALIVE} turns at cadenceSeconds ${cadenceSeconds}, so that two missed turns would take the floor home: name at least ${least}`,
    });
  });
