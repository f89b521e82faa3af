import { setTimeout as pause } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Policy } from '../../loop/policy.ts';
import type { GroupId, LedgerRecord, Ports } from '../../loop/ports.ts';
import { modelKeyOf } from '../../loop/workload-terms.ts';
import type { EpochMs } from '../../models/kernel/series.ts';
import { DemoError } from './demo-error.ts';
import { openAccount } from './emulated-account.ts';
import { say } from './live-line.ts';
import type { Opening, Stage } from './stage.ts';

/** How long the demo waits for a decision, and for a fit, before it gives up. */
const DECISION_MS = 20_000;
const FIT_MS = 90_000;

/**
 * The day in an emulated AWS: the stack deployed by the real CDK, its Lambdas run by the emulator, the group in emulated
 * Auto Scaling behind the gate that refuses what AWS refuses.
 */
export async function emulatedStage(opening: Opening): Promise<Stage> {
  const { policy, signal } = opening;
  const { emulator, deployment, group, publish, close } = await openAccount(opening);
  const { ports, installation } = deployment;
  const lambda = new LambdaClient({});
  let learned = false;

  return {
    label: 'an emulated AWS (the CDK stack in ministack, the group in moto)',
    advanceTo: (nowMs) => emulator.gate.setNow(nowMs),
    publish,
    setDesired: (desired) => group.setDesired(desired),
    tick: async (asOfMs) => {
      await discoverAt(asOfMs, lambda, installation.discoverFunction);
      const record = await decided({ group: group.id, asOfMs }, ports, signal);
      if (!learned) {
        say(await fitted(policy, ports, signal));
        learned = true;
      }
      return record;
    },
    group: () => group.now(),
    ledger: (range) => ports.ledger.range(group.id, range),
    archived: (address) => ports.archive.get(address),
    close,
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
  if (FunctionError !== undefined)
    throw new DemoError(`discover failed: ${Payload?.transformToString() ?? FunctionError}`);
}

/** Waits until the deployed `tick` has written what came of this moment. */
async function decided(
  { group, asOfMs }: { readonly group: GroupId; readonly asOfMs: EpochMs },
  { ledger }: Ports,
  signal: AbortSignal,
): Promise<LedgerRecord> {
  const deadline = performance.now() + DECISION_MS;
  while (performance.now() < deadline) {
    const record = await ledger.at(group, asOfMs);
    if (record?.outcome !== undefined) return record;
    await pause(15, undefined, { signal });
  }
  throw new DemoError(
    `the deployed controller decided nothing for ${new Date(asOfMs).toISOString()} within ${DECISION_MS / 1000} s`,
  );
}

/** Waits until the deployed `learn` has kept a model. */
async function fitted(policy: Policy, { models }: Ports, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + FIT_MS;
  while (performance.now() < deadline) {
    const model = await models.load(modelKeyOf(policy));
    if (model !== undefined) {
      const scores = model.artefact.scores.map((s) => `${s.model} ${s.pinball?.toPrecision(4) ?? 'refused'}`);
      return `fitted: ${model.artefact.model} (pinball loss: ${scores.join(', ')})`;
    }
    await pause(200, undefined, { signal });
  }
  throw new DemoError(`the deployed controller kept no model within ${FIT_MS / 1000} s`);
}
