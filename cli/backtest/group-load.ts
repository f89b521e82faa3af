import { deltaQuery, historyKeyOf, overlay } from '../../loop/history.ts';
import { metricsOf } from '../../loop/observe.ts';
import { type Policy, stepMsOf, throughputOf } from '../../loop/policy.ts';
import type { GroupId } from '../../loop/ports.ts';
import { knownUntil } from '../../loop/window.ts';
import { cleanLoad } from '../../models/clean/clean-load.ts';
import type { CleanLoad, Samples } from '../../models/clean/load.ts';
import { reconstructLoad } from '../../models/clean/reconstruct-load.ts';
import type { Throughput } from '../../models/decide/need.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import type { ProblemOptions } from '../../models/simulate/problem-options.ts';
import { TARGET_UTILISATION } from '../../models/simulate/scaling-problem.ts';
import { groupNamed } from '../group-lookup.ts';
import { isoOf } from '../moment.ts';
import { number } from '../page/format.ts';
import type { PeoplePorts } from '../shell.ts';
import type { LoadSource } from './load-source.ts';

const DAY_MS = 86_400_000;

/** Half of what is read is scored, and a day of it at least. */
const LEAST_DAYS = 2;

/**
 * The load of a group's policy metric over the last days, from the stored history completed by CloudWatch; writes
 * nothing. Boot, penalty, lag and the throughput of a unit are the policy's. Throws `BadInputError` when there is no such
 * group, it has no policy, the metric cannot be read, or the load spans less than two days.
 */
export async function loadFromGroup(name: string, days: number | undefined, ports: PeoplePorts): Promise<LoadSource> {
  const group = await groupNamed(name, ports);
  const policy = await policyOfGroup(group, ports);
  const now = ports.clock.wall();
  const span = { fromMs: instant(now - (days ?? policy.history.days) * DAY_MS), toMs: knownUntil(policy, now) };
  const cleaned = cleanedLoad(name, policy, { ...span, ...(await samplesOf(policy, group, { ports, ...span })) });
  const { stepMs, values } = cleaned.series;
  if (values.length * stepMs < LEAST_DAYS * DAY_MS) {
    const hours = number((values.length * stepMs) / 3_600_000, 1);
    throw new BadInputError(`${name}: its load spans ${hours} hours; at least ${LEAST_DAYS} days are needed`);
  }
  return {
    trace: name,
    series: cleaned.series,
    dated: true,
    defaults: problemOf(policy),
    repairs: repairsOf(cleaned),
    whereIs: (step) => isoOf(cleaned.series.startMs + step * stepMs),
  };
}

async function policyOfGroup(group: GroupId, ports: PeoplePorts): Promise<Policy> {
  const described = await ports.groups.describe([group]);
  const policyName = described.get(group.arn)?.tags['prescale:policy'];
  if (policyName === undefined) {
    throw new BadInputError(
      `--group: "${group.name}" carries no tag prescale:policy: tag it with the name of a policy`,
    );
  }
  const policy = await ports.policies.read(policyName);
  if (!policy.ok) throw new BadInputError(`--group: "${group.name}": ${policy.refusal.reason}`);
  return policy.value;
}

interface Span {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

interface TotalLoad {
  readonly samples: Samples;
  readonly censored?: Uint8Array;
}

async function samplesOf(
  policy: Policy,
  group: GroupId,
  { ports, fromMs, toMs }: Span & { readonly ports: PeoplePorts },
): Promise<TotalLoad> {
  const wanted = await Promise.all(
    metricsOf(policy, group.name).map(async (metric, i) => {
      const stored = await ports.history.read({ ...historyKeyOf(policy), metric }, { fromMs, toMs });
      const like = { ...policy, load: { ...policy.load, metric } };
      return { stored, query: deltaQuery(`m${i}`, like, { stored, fromMs, toMs }) };
    }),
  );
  const answers = await ports.loads.read(wanted.map(({ query }) => query));
  const read = wanted.map(({ stored, query }): Samples => {
    const answer = answers.get(query.id);
    if (answer?.ok === true) return overlay(stored, answer.value);
    const reason = answer?.refusal.reason ?? 'the metric source gave no answer';
    throw new BadInputError(`--group: "${group.name}": ${query.metric.namespace} ${query.metric.name}: ${reason}`);
  });
  const [load, inService] = read;
  if (load === undefined || load.timestampsMs.length === 0) {
    throw new BadInputError(`--group: "${group.name}": its metric ${policy.load.metric.name} has no samples`);
  }
  return inService === undefined ? { samples: load } : reconstructLoad(load, inService);
}

/** The grid begins with the first sample: a metric that is silent where it means zero was not silent before it existed. */
function cleanedLoad(name: string, policy: Policy, { samples, censored, fromMs, toMs }: Span & TotalLoad): CleanLoad {
  const first = samples.timestampsMs.reduce((a, b) => Math.min(a, b), toMs);
  const cleaned = cleanLoad(samples, {
    stepMs: stepMsOf(policy),
    asOfMs: toMs,
    fromMs: instant(Math.max(fromMs, first)),
    publicationDelayMs: 0,
    missing: policy.load.missing,
    maxFillSteps: 0,
    ...(censored === undefined ? {} : { censored }),
  });
  if (!cleaned.ok) throw new BadInputError(`--group: "${name}": ${cleaned.refusal.reason}`);
  return cleaned.value;
}

const problemOf = (policy: Policy): ProblemOptions => ({
  bootSeconds: policy.lead.bootSeconds + policy.lead.readinessSeconds,
  penalty: policy.price.shortagePenalty,
  lagSeconds: policy.load.publicationDelaySeconds,
  ...sizeOf(throughputOf(policy)),
});

/** A problem counts a unit as short above a fixed utilisation; the policy's own is kept by sizing the unit. */
function sizeOf({ perStep, targetUtilisation, delay }: Throughput): Pick<ProblemOptions, 'unitThroughput' | 'delay'> {
  if (delay === undefined) return { unitThroughput: (perStep * targetUtilisation) / TARGET_UTILISATION };
  const { serversPerUnit: _ofThisThroughput, ...objective } = delay;
  return { unitThroughput: perStep, delay: objective };
}

function repairsOf({ counts }: CleanLoad): readonly string[] {
  const { zeroed, rejected, duplicates, censored } = counts;
  const said = (count: number, words: string): readonly string[] => (count === 0 ? [] : [`${number(count)} ${words}`]);
  return [
    ...said(zeroed, 'step(s) without a sample count as zero, as the policy says'),
    ...said(rejected, 'sample(s) are negative or not finite and were left out'),
    ...said(duplicates, 'sample(s) are repeated by a later one of the same stamp, which counts'),
    ...said(censored, 'step(s) are lower bounds: the group was busy throughout'),
  ];
}
