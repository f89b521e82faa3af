import { METRIC, METRICS_NAMESPACE, METRICS_SERVICE } from '../../lambdas/shared/config.ts';
import type { MetricSpec } from '../../loop/policy.ts';
import type { TaggedGroup } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import type { Controller } from '../shell.ts';
import { attempt, bad, type Check, good, note } from './check.ts';

const MINUTE_MS = 60_000;

/** Longer than the slowest schedule that the stack offers would be unusual; longer than this, nobody is ticking. */
const SILENT_MS = 30 * MINUTE_MS;

const HOUR_MS = 60 * MINUTE_MS;

/** A run begins every night; with this much more it is late. */
const LEARN_LATE_MS = 26 * HOUR_MS;

/** How far back a run is looked for. */
const LEARN_WITHIN_MS = 72 * HOUR_MS;

/** No object has this address: reading it proves that the bucket can be read. */
const NOWHERE = '0'.repeat(64);

const GRANT = 'check that the stack is deployed whole and that you may read it';

/** What concerns the installation as a whole; each check stands alone. */
export async function installationChecks(
  controller: Controller,
  tagged: readonly TaggedGroup[],
): Promise<readonly Check[]> {
  const { installation, ports } = controller;
  const checks = [
    attempt('state table', GRANT, async () => {
      for await (const _first of ports.runtime.known()) break;
      return good('state table', installation.table);
    }),
    attempt('state bucket', GRANT, async () => {
      await ports.archive.get(NOWHERE);
      return good('state bucket', installation.bucket);
    }),
    attempt('heartbeat', GRANT, () => heartbeat(controller, tagged.length)),
    attempt('tick queue', GRANT, () => queueAge(controller)),
    attempt('learn', GRANT, () => lastLearnRun(controller)),
  ];
  return [...(await Promise.all(checks)), taggedCheck(tagged)];
}

function taggedCheck(tagged: readonly TaggedGroup[]): Check {
  if (tagged.length > 0) return good('tagged groups', tagged.map(({ group }) => group.name).join(', '));
  return note(
    'tagged groups',
    'no Auto Scaling group carries the tag prescale:policy',
    'tag one: prescale:policy = the name of a policy under /prescale/policies',
  );
}

async function heartbeat(controller: Controller, groups: number): Promise<Check> {
  const metric: MetricSpec = {
    namespace: METRICS_NAMESPACE,
    name: METRIC.heartbeat,
    dimensions: { service: METRICS_SERVICE },
    statistic: 'Sum',
    periodSeconds: 60,
  };
  const last = await newest(metric, controller);
  if (last.ageMs !== undefined) return good('heartbeat', `the loop last ran ${ageOf(last.ageMs)} ago`);
  const silent = `no heartbeat within ${SILENT_MS / MINUTE_MS} minutes${last.reason}`;
  const remedy = 'look at the function’s log and at the EventBridge rule: is the schedule enabled?';
  return groups === 0 ? note('heartbeat', silent, remedy) : bad('heartbeat', silent, remedy);
}

/** Messages that wait mean that ticks fail or are too slow. */
async function queueAge(controller: Controller): Promise<Check> {
  const name = controller.installation.tickQueueUrl.split('/').at(-1) ?? '';
  const metric: MetricSpec = {
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    dimensions: { QueueName: name },
    statistic: 'Maximum',
    periodSeconds: 60,
  };
  const last = await newest(metric, controller);
  if (last.value === undefined) return good('tick queue', `${name}: nothing waits`);
  if (last.value < 300) return good('tick queue', `${name}: the oldest message is ${last.value} s old`);
  return bad(
    'tick queue',
    `${name}: a message has waited ${last.value} s`,
    'ticks fail or lag: look at the log of the function tick and at its dead-letter queue',
  );
}

/** Models older than two days say nothing, and runs renew them. */
async function lastLearnRun(controller: Controller): Promise<Check> {
  const { learnMachine } = controller.installation;
  if (learnMachine === undefined) {
    return note('learn', 'this stack has no daily run of learn: models are renewed on demand', 'deploy the stack anew');
  }
  const metric: MetricSpec = {
    namespace: 'AWS/States',
    name: 'ExecutionsSucceeded',
    dimensions: { StateMachineArn: learnMachine },
    statistic: 'Sum',
    periodSeconds: 3600,
  };
  const { ageMs, reason } = await newest(metric, controller, LEARN_WITHIN_MS);
  const remedy = 'look at the executions of the state machine; a new installation has its first run at 03:17 UTC';
  if (ageMs === undefined) {
    return note('learn', `no run of learn has succeeded within ${LEARN_WITHIN_MS / HOUR_MS} h${reason}`, remedy);
  }
  const said = `the last run of learn succeeded ${Math.round(ageMs / HOUR_MS)} h ago`;
  return ageMs <= LEARN_LATE_MS ? good('learn', said) : bad('learn', `${said}, and one is due every day`, remedy);
}

async function newest(
  metric: MetricSpec,
  { ports }: Controller,
  withinMs: number = SILENT_MS,
): Promise<{ readonly ageMs?: number; readonly value?: number; readonly reason: string }> {
  const now = ports.clock.wall();
  const query = { id: 'doctor', metric, fromMs: instant(now - withinMs), toMs: now };
  const answer = (await ports.loads.read([query])).get('doctor');
  if (answer === undefined || !answer.ok) return { reason: answer === undefined ? '' : ` (${answer.refusal.reason})` };
  const at = answer.value.timestampsMs.at(-1);
  const value = answer.value.values.at(-1);
  return at === undefined || value === undefined ? { reason: '' } : { ageMs: now - at, value, reason: '' };
}

const ageOf = (ms: number): string => (ms < MINUTE_MS ? 'under a minute' : `${Math.round(ms / MINUTE_MS)} min`);
