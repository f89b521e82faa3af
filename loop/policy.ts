import { z } from 'zod';
import type { Throughput } from '../models/decide/need.ts';
import { BadInputError } from '../models/kernel/errors.ts';
import { unitDelayOf } from './objective.ts';
import { PolicySchema } from './policy-schema.ts';

/** How one or more groups are scaled: a versioned JSON document; unknown keys are refused. */
export type Policy = z.output<typeof PolicySchema>;
export type PolicyInput = z.input<typeof PolicySchema>;
export type Mode = Policy['mode'];
export type MetricSpec = Policy['load']['metric'];

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), json);

/** Where, what is needed, and what was given. */
function describeIssue(issue: z.core.$ZodIssue, json: unknown): string {
  const where = issue.path.length === 0 ? 'policy' : issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `${where}: unknown key ${issue.keys.map((k) => `"${k}"`).join(', ')}`;
  const given = JSON.stringify(valueAt(json, issue.path)) ?? 'nothing';
  return `${where}: ${issue.message}${given.length <= MOST_ECHOED ? `, got ${given}` : ''}`;
}

/** Longer values are the reader's own document, and no help in a message. */
const MOST_ECHOED = 80;

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
  const parsed = PolicySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => describeIssue(issue, json));
  throw new BadInputError(`${origin}: not a policy of version 1: ${problems.join('; ')}`, { origin });
}

/** Fills the defaults in; for code that builds a policy itself. Throws as `parsePolicy` does. */
export const policyOf = (input: PolicyInput): Policy => parsePolicy(JSON.stringify(input), 'policy');

/** JSON Schema of the document, for editors and for `prescale init`. */
export const policyJsonSchema = (): unknown => z.toJSONSchema(PolicySchema, { io: 'input' });

const MS = 1000;

/** The grid on which the load is kept and forecast, milliseconds. */
export const stepMsOf = (policy: Policy): number => policy.load.metric.periodSeconds * MS;

/** Two periods or one cadence may be missing before the load counts as stale. */
export const staleAfterSeconds = ({ load, cadenceSeconds }: Policy): number =>
  Math.max(2 * load.metric.periodSeconds, cadenceSeconds);

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

/** How the policy's load turns into capacity: by a share of each unit's throughput, or by an objective for delay. */
export const throughputOf = (policy: Policy): Throughput => ({
  perStep: throughputPerStepOf(policy),
  targetUtilisation: policy.capacity.targetUtilisation,
  ...(policy.capacity.objective && {
    delay: unitDelayOf(policy.capacity.objective, policy.capacity.throughputPerUnit),
  }),
});

/** Newsvendor quantile p / (p + c) with c = 1. */
export const criticalRatioOf = (policy: Policy): number => {
  const p = policy.price.shortagePenalty;
  return p / (p + 1);
};
