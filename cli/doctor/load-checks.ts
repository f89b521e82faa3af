import { metricsOf } from '../../loop/observe.ts';
import { throughputOf } from '../../loop/policy.ts';
import { knownUntil } from '../../loop/window.ts';
import type { Samples } from '../../models/clean/load.ts';
import { needOf } from '../../models/decide/need.ts';
import { instant } from '../../models/kernel/series.ts';
import { mean } from '../../models/kernel/statistics.ts';
import type { Controller } from '../shell.ts';
import { attempt, bad, type Check, good, note } from './check.ts';
import type { Patient } from './patient.ts';

const LOOK_BACK_MS = 3 * 3_600_000;

/** Need and what is in service may differ by so much before the throughput is doubted. */
const PLAUSIBLE_FACTOR = 4;

/** Can the load be read, is it fresh, and does the throughput that is configured fit it? */
export async function loadChecks(patient: Patient, controller: Controller): Promise<readonly Check[]> {
  const remedy = 'check namespace, name and dimensions of the policy against "aws cloudwatch list-metrics"';
  let samples: Samples | undefined;
  const metric = await attempt('metric', remedy, async () => {
    const seen = await read(patient, controller);
    samples = seen.samples;
    return seen.check;
  });
  return samples === undefined ? [metric] : [metric, throughput(patient, samples)];
}

async function read(
  { policy, group }: Patient,
  { ports }: Controller,
): Promise<{ readonly check: Check; readonly samples?: Samples }> {
  const now = ports.clock.wall();
  const until = knownUntil(policy, now);
  const queries = metricsOf(policy, group.name).map((metric, i) => ({
    id: `m${i}`,
    metric,
    fromMs: instant(until - LOOK_BACK_MS),
    toMs: until,
  }));
  const answers = await ports.loads.read(queries);
  for (const { id, metric } of queries) {
    const answer = answers.get(id);
    const what = `${metric.namespace} ${metric.name}`;
    if (answer === undefined || !answer.ok) {
      const reason = answer?.refusal.reason ?? 'no answer';
      return {
        check: bad('metric', `${what}: ${reason}`, 'check the policy’s metric and that you may read CloudWatch'),
      };
    }
    const stale = staleness(answer.value, { what, until, stepMs: metric.periodSeconds * 1000, policy });
    if (stale !== undefined) return { check: stale };
  }
  const load = answers.get('m0');
  const what = `${policy.load.metric.namespace} ${policy.load.metric.name}`;
  const check = good('metric', `${what}: readable and fresh`);
  return load?.ok ? { check, samples: load.value } : { check };
}

function staleness(
  { timestampsMs }: Samples,
  { what, until, stepMs, policy }: { what: string; until: number; stepMs: number; policy: Patient['policy'] },
): Check | undefined {
  const last = timestampsMs.at(-1);
  const quiet = policy.load.missing === 'zero';
  if (last === undefined) {
    const finding = `${what}: no sample within ${LOOK_BACK_MS / 3_600_000} h`;
    return quiet
      ? note(
          'metric',
          `${finding}, which the policy reads as no load at all`,
          'is the load really zero, or a dimension misspelt?',
        )
      : bad(
          'metric',
          finding,
          'check namespace, name and dimensions: CloudWatch knows no error for a metric that is not there',
        );
  }
  const behind = (until - last - stepMs) / stepMs;
  if (quiet || behind < 2) return undefined;
  return bad(
    'metric',
    `${what}: the newest sample is ${Math.round(behind)} steps old`,
    'the source has stopped publishing, or publishes later than publicationDelaySeconds says',
  );
}

function throughput({ policy, snapshot }: Patient, { values }: Samples): Check {
  const name = 'throughput';
  if (policy.load.source === 'utilisation') return good(name, 'the load is rebuilt from utilisation: none is needed');
  if (values.length === 0) return note(name, 'there is no load to judge it by', 'look again when there is traffic');
  const need = needOf(mean(values), throughputOf(policy));
  const finding = `the load of the last hours needs ${need}, ${snapshot.inService} ${policy.capacity.unit} are in service`;
  const plausible = need <= PLAUSIBLE_FACTOR * snapshot.inService && snapshot.inService <= PLAUSIBLE_FACTOR * need;
  if (plausible) return good(name, finding);
  return note(
    name,
    `${finding}: throughputPerUnit (${policy.capacity.throughputPerUnit}) looks wrong`,
    'set it to the load per second that one unit carries at full use; a load test or a busy hour tells',
  );
}
