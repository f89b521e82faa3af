import path from 'node:path';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Policy } from '../../loop/policy.ts';
import { instant } from '../../models/kernel/series.ts';
import { type Deployment, deployStack } from '../emulator/deploy-stack.ts';
import { removeStaleRuns } from '../emulator/stale-runs.ts';
import { type Emulator, startEmulator } from '../emulator/start.ts';
import { EmulatedGroup } from './emulated-group.ts';
import { say } from './live-line.ts';
import { NAMESPACE } from './policy.ts';
import { type Opening, type PeriodLoad, seedOf, sizesOf } from './stage.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** PutMetricData takes a thousand values a call. */
const MOST_DATA = 1000;

/** An emulated AWS with the stack deployed, the group created and its history in CloudWatch. */
export interface EmulatedAccount {
  readonly emulator: Emulator;
  readonly deployment: Deployment;
  readonly group: EmulatedGroup;
  publish(samples: readonly PeriodLoad[]): Promise<void>;
  /** The settings that a deployed function is given. */
  functionEnvironment(name: string): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

/**
 * Starts the emulator, points this process at it, deploys the stack by the real CDK, creates the group and seeds its
 * history. The emulated clock stands where the day begins. About 25 s. When it fails nothing is left running.
 */
export async function openAccount(opening: Opening): Promise<EmulatedAccount> {
  const { signal, policy, day } = opening;
  // Earlier versions left the synthesised stack there when they were killed.
  removeStaleRuns(path.join(root, '.demo'), 'cdk-');
  const emulator = await startEmulator({ notice: say, handleSignals: false, signal });
  const close = emulator.stop;
  try {
    signal.throwIfAborted();
    Object.assign(process.env, emulator.env);
    say('emulated AWS is up; deploying the stack with the CDK');
    const clock = { wall: () => instant(emulator.gate.nowMs()) };
    const output = path.join(emulator.directory, 'cdk');
    const deployment = await deployStack({ env: emulator.env, output, signal, adopt: emulator.adopt, clock });
    signal.throwIfAborted();
    say('deployed; creating the group and writing thirteen days of requests to CloudWatch');
    await emulator.gate.setNow(day.series.startMs + day.from * day.series.stepMs);
    await writePolicy(policy);
    const group = await EmulatedGroup.create(sizesOf(opening), policy.name);
    const publish = publisher(new CloudWatchClient({}), policy);
    await publish(seedOf(day));
    return { emulator, deployment, group, publish, functionEnvironment, close };
  } catch (error) {
    await close();
    throw error;
  }
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

async function functionEnvironment(name: string): Promise<Readonly<Record<string, string>>> {
  const lambda = new LambdaClient({});
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  lambda.destroy();
  return Environment?.Variables ?? {};
}
