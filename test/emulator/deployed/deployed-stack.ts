import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  type Rule as FoundRule,
  ListRulesCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { type Clients, destroyClients, makeClients } from '../../../adapters/aws/clients.ts';
import { systemClock } from '../../../adapters/clock.ts';
import { DRIFT_EVENT } from '../../../lambdas/shared/config.ts';
import type { GroupId, LedgerRecord, TickMessage } from '../../../loop/ports.ts';
import { instant } from '../../../models/kernel/series.ts';
import { type Deployment, deployStack } from '../../../tools/emulator/deploy-stack.ts';
import { eventually } from './eventually.ts';
import { HandedGroups } from './handed-groups.ts';
import { TickWork } from './tick-work.ts';

/** As in an account: the machine's clock, and a schedule; every minute, so that a test can wait for it. */
const AS_IN_PRODUCTION = ['prescale:schedule=enabled', 'prescale:everyMinutes=1', 'prescale:clock=system'];

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })),
});

const Rule = z.looseObject({ Description: z.string() });

/** The rule that begins the turns; others begin runs of `learn`. */
const isOfTheLoop = (description = ''): boolean => description.startsWith('Prescale:');

/** A new rule has been met by the emulator's scheduler, long before it is due. */
const SEEN_AFTER_MS = 11_000;

/** A record with what came of it. */
export type Concluded = LedgerRecord & { readonly outcome: NonNullable<LedgerRecord['outcome']> };

/** The controller as the CDK deploys it, and the groups that the tests hand to it. */
export class DeployedStack {
  readonly deployment: Deployment;
  readonly groups: HandedGroups;
  readonly ticks: TickWork;
  readonly #clients: Clients;
  readonly #lambda = new LambdaClient({});
  readonly #events = new EventBridgeClient({});
  readonly #deployedMs = performance.now();
  #lastSecond = 0;

  private constructor(deployment: Deployment, clients: Clients) {
    this.deployment = deployment;
    this.#clients = clients;
    this.groups = new HandedGroups(clients, `deployed-${process.pid}`);
    this.ticks = new TickWork(this.#lambda, deployment.installation);
  }

  /** Deploys by the CDK's own command line at the endpoints of this run, with the schedule on. */
  static async deploy(): Promise<DeployedStack> {
    const output = mkdtempSync(join(tmpdir(), 'prescale-deployed-'));
    try {
      const deployment = await deployStack({
        env: endpointsOfThisRun(),
        output,
        signal: AbortSignal.timeout(150_000),
        clock: systemClock,
        context: AS_IN_PRODUCTION,
      });
      const stack = new DeployedStack(deployment, makeClients());
      await stack.groups.prepare();
      return stack;
    } finally {
      rmSync(output, { recursive: true, force: true });
    }
  }

  get ports(): Deployment['ports'] {
    return this.deployment.ports;
  }

  /** Seconds on which no turn has been taken; an event carries whole seconds. */
  nextSecondMs(): number {
    this.#lastSecond = Math.max(Math.floor(Date.now() / 1000), this.#lastSecond + 1);
    return this.#lastSecond * 1000;
  }

  /** Invokes `discover` with what EventBridge sends when the rule fires. Returns the event's time. */
  async discover(asOfMs = this.nextSecondMs()): Promise<number> {
    const event = {
      version: '0',
      id: `test-${asOfMs}`,
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: new Date(asOfMs).toISOString().replace('.000Z', 'Z'),
      region: 'us-east-1',
      resources: [],
      detail: {},
    };
    const FunctionName = this.deployment.installation.discoverFunction;
    const answer = await this.#lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
    if (answer.FunctionError === undefined) return asOfMs;
    throw new Error(`discover failed: ${answer.Payload?.transformToString() ?? answer.FunctionError}`);
  }

  /** What `discover` would ask of `tick` for one group alone. */
  messageFor(group: GroupId): TickMessage {
    return { version: 1, group, policyName: group.name, asOfMs: instant(this.nextSecondMs()), fleetSize: 1 };
  }

  /** Waits for the ledger to say what came of a group's turn. */
  concluded(group: GroupId, asOfMs: number): Promise<Concluded> {
    return eventually(`an outcome of ${group.name} at ${new Date(asOfMs).toISOString()}`, async () => {
      const record = await this.ports.ledger.at(group, instant(asOfMs));
      return record?.outcome === undefined ? undefined : { ...record, outcome: record.outcome };
    });
  }

  /** Everything that the ledger says of a group in the last hour, ascending. */
  async ledgerOf(group: GroupId): Promise<readonly LedgerRecord[]> {
    const nowMs = Date.now();
    return this.ports.ledger.range(group, { fromMs: instant(nowMs - 3_600_000), toMs: instant(nowMs + 60_000) });
  }

  /** One whole turn, from the event to the outcome. */
  async turn(group: GroupId): Promise<Concluded> {
    return this.concluded(group, await this.discover());
  }

  /** State and rate of the schedule in the template that was deployed; a run before this one may have stopped the rule. */
  async scheduleAsDeployed(): Promise<unknown> {
    const cloudFormation = new CloudFormationClient({});
    const StackName = this.deployment.installation.owner.split('/').at(-1);
    const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
    cloudFormation.destroy();
    const { Resources } = Template.parse(JSON.parse(TemplateBody));
    return Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::Events::Rule')
      .map(({ Properties }) => Rule.parse(Properties))
      .find(({ Description }) => isOfTheLoop(Description));
  }

  /** The one scheduled rule that invokes `discover`, as EventBridge has it. */
  async rule(): Promise<FoundRule> {
    const { Rules = [] } = await this.#events.send(new ListRulesCommand({}));
    const ours = Rules.filter(({ Description }) => isOfTheLoop(Description));
    if (ours.length !== 1) throw new Error(`the stack has one rule that begins turns, found ${ours.length}`);
    return this.#events.send(new DescribeRuleCommand({ Name: ours[0]?.Name }));
  }

  /**
   * Stops the schedule once the emulator has begun to count its minute: it looks at new rules every ten seconds. What runs
   * before the minute is over is not disturbed, and whoever waits for the schedule later waits for the rest of it only.
   */
  async restSchedule(): Promise<void> {
    await sleep(Math.max(0, this.#deployedMs + SEEN_AFTER_MS - performance.now()));
    await this.stopSchedule();
  }

  /** Starts a run of `learn` with this input, as EventBridge does. */
  async startLearning(input: Readonly<Record<string, unknown>>): Promise<void> {
    const { source: Source, detailType: DetailType } = DRIFT_EVENT;
    const answer = await this.#events.send(
      new PutEventsCommand({ Entries: [{ Source, DetailType, Detail: JSON.stringify(input) }] }),
    );
    if (answer.FailedEntryCount !== 0) throw new Error('EventBridge did not take the event');
  }

  async startSchedule(): Promise<void> {
    await this.#events.send(new EnableRuleCommand({ Name: (await this.rule()).Name }));
  }

  async stopSchedule(): Promise<void> {
    await this.#events.send(new DisableRuleCommand({ Name: (await this.rule()).Name }));
  }

  async close(): Promise<void> {
    await this.stopSchedule();
    await this.groups.removeAll();
    this.ticks.close();
    this.#events.destroy();
    this.#lambda.destroy();
    destroyClients(this.#clients);
  }
}

/** The variables by which the SDK and the CDK find the emulator, whichever it is. */
const endpointsOfThisRun = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && /^(AWS|CDK)_/.test(name) ? [[name, value] as const] : [],
    ),
  );
