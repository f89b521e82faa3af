import { CfnElement, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { Discover } from '../constructs/discover.ts';
import { Learn, type Trainer } from '../constructs/learn.ts';
import { Notices } from '../constructs/notices.ts';
import { Overview } from '../constructs/overview.ts';
import type { ClockSource, ControllerSettings, Segments } from '../constructs/settings.ts';
import { State } from '../constructs/state.ts';
import { Tick } from '../constructs/tick.ts';
import { refuseSimulatedClockInProduction } from './simulated-clock.ts';

export interface PrescaleControllerProps extends StackProps {
  /**
   * Time between two turns of the loop; whole minutes. A policy with another `cadenceSeconds` is refused.
   * @default Duration.minutes(5)
   */
  readonly every?: Duration;
  /**
   * Whether EventBridge starts the turns.
   * @default true
   */
  readonly scheduled?: boolean;
  /**
   * Where "now" comes from. Refused as `event` outside the emulator.
   * @default 'system'
   */
  readonly clock?: ClockSource;
  /**
   * Whether table and bucket go with the stack. Objects in the bucket must be removed first: nothing is emptied here.
   * @default false
   */
  readonly ephemeral?: boolean;
  /**
   * How new code of `tick` takes over: by growing shares that an alarm stops and undoes, or at once.
   * @default 'canary'
   */
  readonly deployment?: 'canary' | 'all-at-once';
  /**
   * How long decisions and what they were computed from are kept.
   * @default Duration.days(90)
   */
  readonly ledgerLife?: Duration;
  /**
   * Which X-Ray segments are sent. The tracer's hooks cost a turn a tenth to a fifth more CPU.
   * @default 'lambda'
   */
  readonly tracing?: Segments;
  /**
   * Whether each group has CloudWatch metrics of its own: nine, at CloudWatch's price for custom metrics.
   * @default false
   */
  readonly groupMetrics?: boolean;
  /**
   * What `learn` is: a zip, or a container image with the native tensor library, which Docker builds when it is deployed.
   * @default 'zip'
   */
  readonly trainer?: Trainer;
  /**
   * Highest MinSize that IAM lets the controller write on any group.
   * @default none but each group's own MaxSize
   */
  readonly maxFloor?: number;
}

const PARAMETER_PREFIX = '/prescale';

/** The whole controller of one account and region: schedule, queues, functions, state, alarms and a dashboard. */
export class PrescaleController extends Stack {
  readonly #state: State;
  readonly #notices: Notices;
  readonly #discover: Discover;
  readonly #tick: Tick;
  readonly #learn: Learn;
  readonly #alarms: Alarms;

  constructor(scope: Construct, id: string, props: PrescaleControllerProps = {}) {
    super(scope, id, { description: 'Prescale: scales Auto Scaling groups before the load arrives', ...props });
    const every = props.every ?? Duration.minutes(5);
    const scheduled = props.scheduled ?? true;
    const settings = this.#settingsOf(props);
    refuseSimulatedClockInProduction({ clock: settings.clock, account: this.account, scheduled });

    this.#state = new State(this, 'State', settings);
    const { table, bucket } = this.#state;
    this.#notices = new Notices(this, 'Notices');
    this.#learn = new Learn(this, 'Learn', { ...settings, bucket, scheduled, trainer: props.trainer ?? 'zip' });
    this.#tick = new Tick(this, 'Tick', {
      ...settings,
      table,
      bucket,
      refits: this.#learn.work.queue,
      notices: this.#notices.topic,
      maxFloor: props.maxFloor,
      groupMetrics: props.groupMetrics ?? false,
      every: scheduled ? every : undefined,
    });
    this.#discover = new Discover(this, 'Discover', {
      ...settings,
      table,
      ticks: this.#tick.work.queue,
      every,
      scheduled,
    });
    this.#alarms = this.#watch(every, scheduled);
    if ((props.deployment ?? 'canary') === 'canary') this.#deployGradually();
    this.#acknowledgeWildcards();
    this.#tellWhereThingsAre(scheduled ? every : undefined);
  }

  #settingsOf(props: PrescaleControllerProps): ControllerSettings {
    return {
      owner: `${this.account}/${this.region}/${this.stackName}`,
      clock: props.clock ?? 'system',
      tracing: props.tracing ?? 'lambda',
      ledgerLife: props.ledgerLife ?? Duration.days(90),
      removalPolicy: props.ephemeral === true ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      parameterPrefix: PARAMETER_PREFIX,
    };
  }

  #watch(every: Duration, scheduled: boolean): Alarms {
    const functions = {
      Discover: this.#discover.worker.live,
      Tick: this.#tick.worker.live,
      Learn: this.#learn.worker.live,
    };
    const queues = { Tick: this.#tick.work.queue, Learn: this.#learn.work.queue };
    const alarms = new Alarms(this, 'Alarms', {
      topic: this.#notices.topic,
      every,
      scheduled,
      functions,
      deadLetters: { Tick: this.#tick.work.deadLetters, Learn: this.#learn.work.deadLetters },
      ticks: this.#tick.work.queue,
      learning: this.#learn.run.machine,
    });
    new Overview(this, 'Overview', { alarms, every, functions, queues, learning: this.#learn.run.machine });
    return alarms;
  }

  /** Growing shares, because a small fleet makes one batch a turn: a flat tenth would usually meet none of them. */
  #deployGradually(): void {
    new LambdaDeploymentGroup(this, 'Deployment', {
      alias: this.#tick.worker.live,
      deploymentConfig: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_2MINUTES,
      alarms: [...this.#alarms.againstDeployment],
    });
  }

  #acknowledgeWildcards(): void {
    const reasons = {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:autoscaling:<AWS::Region>:<AWS::AccountId>:autoScalingGroup:*:autoScalingGroupName/*]':
        'Groups are chosen by their tag, which the condition of each statement demands; their names are not known here.',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/prescale/*]':
        'Policies are written by people, under names that are not known here; the path is ours.',
      [`AwsSolutions-IAM5[Resource::<${logicalIdOf(this, this.#state.bucket)}.Arn>/*]`]:
        'The bucket is ours alone, and its objects are named by content or workload.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]':
        "The role is CodeDeploy's own, and AWS keeps it to what a Lambda deployment takes.",
    };
    for (const [id, reason] of Object.entries(reasons)) Validations.of(this).acknowledge({ id, reason });
  }

  #tellWhereThingsAre(every: Duration | undefined): void {
    const places = {
      table: this.#state.table.tableName,
      bucket: this.#state.bucket.bucketName,
      tickQueueUrl: this.#tick.work.queue.queueUrl,
      refitQueueUrl: this.#learn.work.queue.queueUrl,
      noticesTopicArn: this.#notices.topic.topicArn,
      discoverFunction: this.#discover.worker.live.functionArn,
      tickFunction: this.#tick.worker.live.functionArn,
      learnMachine: this.#learn.run.machine.stateMachineArn,
      owner: `${this.account}/${this.region}/${this.stackName}`,
      everyMinutes: every?.toMinutes() ?? null,
    };
    new StringParameter(this, 'Installation', {
      parameterName: `${PARAMETER_PREFIX}/installation`,
      description: 'Prescale: where the parts of this installation are; read by its command line',
      stringValue: this.toJsonString(places),
    });
    const outputs: Readonly<Record<string, readonly [string, string]>> = {
      StateTable: [places.table, 'Runtime state, leases and the ledger'],
      StateBucket: [places.bucket, 'Load history, models and the inputs of every decision'],
      TickQueueUrl: [places.tickQueueUrl, 'One message for each group and turn'],
      TickDeadLettersUrl: [this.#tick.work.deadLetters.queueUrl, 'Ticks that failed three times'],
      RefitQueueUrl: [places.refitQueueUrl, 'One message for each workload to fit'],
      NoticesTopicArn: [places.noticesTopicArn, 'Subscribe here to be told of advice and alarms'],
      DiscoverFunction: [places.discoverFunction, 'Starts one turn of the loop'],
      FirstPolicy: [
        `aws ssm put-parameter --type String --name ${PARAMETER_PREFIX}/policies/NAME --value file://policy.json`,
        'Then tag a group with prescale:policy=NAME; in mode "observe" nothing is changed',
      ],
    };
    for (const [id, [value, description]] of Object.entries(outputs)) new CfnOutput(this, id, { value, description });
  }
}

function logicalIdOf(stack: Stack, construct: Construct): string {
  const resource = construct.node.defaultChild;
  return resource !== undefined && CfnElement.isCfnElement(resource) ? stack.getLogicalId(resource) : construct.node.id;
}
