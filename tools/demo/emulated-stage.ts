import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { historyKeyOf } from '../../loop/history.ts';
import type { Policy } from '../../loop/policy.ts';
import type { GroupId, LedgerRecord, Ports } from '../../loop/ports.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import { type Deployment, deployStack } from '../emulator/deploy-stack.ts';
import { type Emulator, startEmulator } from '../emulator/start.ts';
import { EmulatedGroup } from './emulated-group.ts';
import { say } from './live-line.ts';
import { NAMESPACE } from './policy.ts';
import { type Opening, type PeriodLoad, type Stage, seedOf, sizesOf } from './stage.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** PutMetricData takes a thousand values a call. */
const MOST_DATA = 1000;

/** How long the demo waits for a decision, and for a fit, before it gives up. */
const DECISION_MS = 20_000;
const FIT_MS = 90_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The day in an emulated AWS: the stack deployed by the real CDK, its Lambdas run by the emulator, the group in emulated
 * Auto Scaling behind the gate that refuses what AWS refuses.
 */
export async function emulatedStage(opening: Opening): Promise<Stage> {
  const { signal } = opening;
  const emulator = await startEmulator({ notice: say, handleSignals: false });
  const folder = path.join(root, '.demo', `cdk-${process.pid}`);
  const close = async (): Promise<void> => {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    signal.throwIfAborted();
    Object.assign(process.env, emulator.env);
    mkdirSync(folder, { recursive: true });
    say('emulated AWS is up; deploying the stack with the CDK');
    const clock = { wall: () => instant(emulator.gate.nowMs()) };
    const deployment = await deployStack({ env: emulator.env, output: folder, signal, clock });
    say('deployed; creating the group and writing thirteen days of requests to CloudWatch');
    const stage = await played(opening, { emulator, deployment });
    return { ...stage, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Parts {
  readonly emulator: Emulator;
  readonly deployment: Deployment;
}

async function played(opening: Opening, { emulator, deployment }: Parts): Promise<Omit<Stage, 'close'>> {
  const { policy, day } = opening;
  await emulator.gate.setNow(day.series.startMs + day.from * day.series.stepMs);
  await writePolicy(policy);
  const group = await EmulatedGroup.create(sizesOf(opening), policy.name);
  const cloudWatch = new CloudWatchClient({});
  const publish = publisher(cloudWatch, policy);
  await publish(seedOf(day));
  const lambda = new LambdaClient({});
  const { ports, installation } = deployment;
  let learned = false;

  return {
    label: 'an emulated AWS (the CDK stack in ministack, the group in moto)',
    advanceTo: (nowMs) => emulator.gate.setNow(nowMs),
    publish,
    setDesired: (desired) => group.setDesired(desired),
    tick: async (asOfMs) => {
      await discoverAt(asOfMs, lambda, installation.discoverFunction);
      const record = await decided(group.id, asOfMs, ports);
      if (!learned) {
        say(await fitted(policy, ports));
        learned = true;
      }
      return record;
    },
    group: () => group.now(),
    ledger: (range) => ports.ledger.range(group.id, range),
    archived: (address) => ports.archive.get(address),
  };
}

async function writePolicy(policy: Policy): Promise<void> {
  const ssm = new SSMClient({});
  await ssm.send(
    new PutParameterCommand({
      Name: `/prescale/policies/${policy.name}`,
      Type: 'String',
      Value: JSON.stringify(policy),
    }),
  );
  ssm.destroy();
}

function publisher(cloudWatch: CloudWatchClient, { load }: Policy): (samples: readonly PeriodLoad[]) => Promise<void> {
  const dimensions = Object.entries(load.metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
  return async (samples) => {
    for (let from = 0; from < samples.length; from += MOST_DATA) {
      const MetricData = samples.slice(from, from + MOST_DATA).map(({ periodMs, value }) => ({
        MetricName: load.metric.name,
        Dimensions: dimensions,
        Timestamp: new Date(periodMs),
        Value: value,
      }));
      await cloudWatch.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData }));
    }
  };
}

/** What EventBridge sends when the rule fires, with its `time` moved to the replayed moment. */
async function discoverAt(asOfMs: EpochMs, lambda: LambdaClient, functionArn: string): Promise<void> {
  const event = {
    version: '0',
    id: `demo-${asOfMs}`,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: new Date(asOfMs).toISOString().replace('.000Z', 'Z'),
    region: 'us-east-1',
    resources: [],
    detail: {},
  };
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify(event) }),
  );
  if (FunctionError !== undefined) throw new Error(`discover failed: ${Payload?.transformToString() ?? FunctionError}`);
}

/** Waits until the deployed `tick` has written what came of this moment. */
async function decided(group: GroupId, asOfMs: EpochMs, { ledger }: Ports): Promise<LedgerRecord> {
  const deadline = performance.now() + DECISION_MS;
  while (performance.now() < deadline) {
    const record = await ledger.at(group, asOfMs);
    if (record?.outcome !== undefined) return record;
    await pause(15);
  }
  throw new Error(
    `the deployed controller decided nothing for ${new Date(asOfMs).toISOString()} within ${DECISION_MS / 1000} s`,
  );
}

/** Waits until the deployed `learn` has kept a model. */
async function fitted(policy: Policy, { models }: Ports): Promise<string> {
  const deadline = performance.now() + FIT_MS;
  while (performance.now() < deadline) {
    const model = await models.load(historyKeyOf(policy));
    if (model !== undefined) {
      const scores = model.artefact.scores.map((s) => `${s.model} ${s.pinball?.toPrecision(4) ?? 'refused'}`);
      return `fitted: ${model.artefact.model} (pinball loss: ${scores.join(', ')})`;
    }
    await pause(200);
  }
  throw new Error(`the deployed controller kept no model within ${FIT_MS / 1000} s`);
}
