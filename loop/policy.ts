import { z } from 'zod';
import { BadInputError } from '../models/kernel/errors.ts';

const positive = z.number().positive();
const seconds = z.number().int().min(0);

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
});

const Lead = z.strictObject({
  bootSeconds: seconds.default(300),
  readinessSeconds: seconds.default(0),
  queueSeconds: seconds.default(5),
});

const Price = z.strictObject({
  /** US dollars per unit and hour. */
  unitHour: positive.default(0.1),
  /** Price of one unit missing for one step, in multiples of the price of having it. τ = penalty / (penalty + 1). */
  shortagePenalty: positive.default(20),
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

const Policy = z.strictObject({
  version: z.literal(1),
  name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, ".", "_" or "-"' }),
  /** Key of the load's history: two groups of a blue/green pair name the same workload and share what was learned. */
  workload: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, { error: 'must be 1 to 128 letters, digits, ".", "_" or "-"' }),
  mode: z.enum(['observe', 'advise', 'floor', 'desired']).default('observe'),
  load: Load,
  capacity: Capacity,
  cadenceSeconds: z.number().int().min(60).max(3600).default(300),
  lead: Lead.default(() => Lead.parse({})),
  price: Price.default(() => Price.parse({})),
  guards: Guards.default(() => Guards.parse({})),
  history: z.strictObject({ days: z.number().min(2).max(63).default(14) }).default({ days: 14 }),
});

/** How one or more groups are scaled: a versioned JSON document; unknown keys are refused. */
export type Policy = z.output<typeof Policy>;
export type PolicyInput = z.input<typeof Policy>;
export type Mode = Policy['mode'];
export type MetricSpec = Policy['load']['metric'];

const describeIssue = (issue: z.core.$ZodIssue): string => {
  const where = issue.path.length === 0 ? 'policy' : issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `${where}: unknown key ${issue.keys.map((k) => `"${k}"`).join(', ')}`;
  return `${where}: ${issue.message}`;
};

/**
 * Reads a policy document. Throws `BadInputError` naming every offending key, what was given and what is needed.
 * `origin` says where the text came from (a file, an SSM parameter).
 */
export function parsePolicy(text: string, origin: string): Policy {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new BadInputError(`${origin}: not JSON: ${said}`, { origin }, { cause });
  }
  const parsed = Policy.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(describeIssue);
  throw new BadInputError(`${origin}: not a policy of version 1: ${problems.join('; ')}`, { origin });
}

/** Fills the defaults in; for code that builds a policy itself. Throws as `parsePolicy` does. */
export const policyOf = (input: PolicyInput): Policy => parsePolicy(JSON.stringify(input), 'policy');

/** JSON Schema of the document, for editors and for `prescale init`. */
export const policyJsonSchema = (): unknown => z.toJSONSchema(Policy, { io: 'input' });

const MS = 1000;

/** The grid on which the load is kept and forecast, milliseconds. */
export const stepMsOf = (policy: Policy): number => policy.load.metric.periodSeconds * MS;

/** d + cadence + queue + boot + readiness: how far behind the newest known load a decision takes effect, and stays, in seconds. */
export const leadSecondsOf = (policy: Policy): number =>
  policy.load.publicationDelaySeconds +
  policy.cadenceSeconds +
  policy.lead.queueSeconds +
  policy.lead.bootSeconds +
  policy.lead.readinessSeconds;

/** The lead time in whole steps of the grid, at least one. */
export const windowStepsOf = (policy: Policy): number =>
  Math.max(1, Math.ceil(leadSecondsOf(policy) / policy.load.metric.periodSeconds));

/** Steps from one decision to the next, at least one. */
export const cadenceStepsOf = ({ cadenceSeconds, load }: Policy): number =>
  Math.max(1, Math.round(cadenceSeconds / load.metric.periodSeconds));

/** Where a decision stands on the grid: which steps it can still change, and which a launch made now serves in full. */
export interface Reach {
  /** Steps from the newest known one to the one in which the decision takes effect. */
  readonly lagSteps: number;
  /** Steps from there to the first that a launch made now serves from its beginning on, at least one. */
  readonly bootSteps: number;
}

/** The reach of a decision that is made `behindSeconds` after the end of the newest known step. */
export function reachOf({ lead, load }: Policy, behindSeconds: number): Reach {
  const effectAfter = behindSeconds + lead.queueSeconds;
  const readyAfter = effectAfter + lead.bootSeconds + lead.readinessSeconds;
  const lagSteps = Math.max(0, Math.ceil(effectAfter / load.metric.periodSeconds));
  return { lagSteps, bootSteps: Math.max(1, Math.ceil(readyAfter / load.metric.periodSeconds) + 1 - lagSteps) };
}

/** The reach of a decision that is made as soon as a step has been published. */
export const usualReachOf = (policy: Policy): Reach => reachOf(policy, policy.load.publicationDelaySeconds);

/** Steps ahead at which a plan of capacity wants to know the load: dense at first, six boot times beyond the lag. */
export function planHorizonsOf(policy: Policy): readonly number[] {
  const { metric } = policy.load;
  const { lagSteps, bootSteps } = usualReachOf(policy);
  const furthest = Math.min(lagSteps + 6 * bootSteps, Math.floor(MOST_HORIZON_SECONDS / metric.periodSeconds));
  return HORIZON_LADDER.filter((steps) => steps <= Math.max(1, furthest));
}

/** Each step about half as far again as the one before. */
const HORIZON_LADDER = [1, 2, 3, 5, 8, 12, 20, 30, 45, 70, 110, 180, 270, 400, 600] as const;

/** Direct regressions look at the same time on the day before: a horizon has to stay well below a day. */
const MOST_HORIZON_SECONDS = 20 * 3600;

/** Load that one unit carries in one step at 100 % utilisation. For utilisation-born load one unit carries 1. */
export function throughputPerStepOf(policy: Policy): number {
  if (policy.load.source === 'utilisation') return 1;
  const { statistic, periodSeconds } = policy.load.metric;
  const accumulates = statistic === 'Sum' || statistic === 'SampleCount';
  return policy.capacity.throughputPerUnit * (accumulates ? periodSeconds : 1);
}

/** Newsvendor quantile p / (p + c) with c = 1. */
export const criticalRatioOf = (policy: Policy): number => {
  const p = policy.price.shortagePenalty;
  return p / (p + 1);
};
