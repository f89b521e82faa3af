import { CfnElement, Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  JsonPath,
  LogLevel,
  StateMachine,
  StateMachineType,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { DRIFT_EVENT } from '../../lambdas/shared/config.ts';
import type { Segments } from './settings.ts';

export interface LearnRunProps {
  /** Lists workloads, and fits one. */
  readonly learn: IAlias;
  /** Whether a run begins every day by itself. */
  readonly scheduled: boolean;
  readonly tracing: Segments;
  readonly removalPolicy: RemovalPolicy;
}

/** Fits at once: each is a whole processor for seconds, and the account's Lambda concurrency is the loop's first. */
const CONCURRENCY = 10;

/** Fits are declined for many reasons and fail for few: when more than this fail, it is AWS or we, and a person is woken. */
const TOLERATED_FAILURES_PERCENT = 20;

/** In the night of most owners, off the hour that everybody takes. */
const DAILY = Schedule.cron({ hour: '3', minute: '17' });

const LONGEST_RUN = Duration.hours(6);

/** A run of `learn` over workloads: all of them every day, those of an event after a drift. */
export class LearnRun extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: LearnRunProps) {
    super(scope, id);
    const logs = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: props.removalPolicy,
    });
    this.machine = new StateMachine(this, 'Machine', {
      comment: 'Prescale: fits the models of all workloads, each in an execution of its own',
      definitionBody: DefinitionBody.fromChainable(this.#definition(props.learn)),
      stateMachineType: StateMachineType.STANDARD,
      timeout: LONGEST_RUN,
      tracingEnabled: props.tracing !== 'off',
      logs: { destination: logs, level: LogLevel.ALL },
    });
    this.#begin(props.scheduled);
    this.#acknowledge();
  }

  #definition(learn: IAlias): Choice {
    const list = new LambdaInvoke(this, 'List', {
      stateName: 'List workloads',
      lambdaFunction: learn,
      payload: TaskInput.fromObject({ list: JsonPath.stringAt('$.time') }),
      payloadResponseOnly: true,
    });
    const fit = new LambdaInvoke(this, 'Fit', {
      stateName: 'Fetch, clean, backtest, fit, keep the champion',
      lambdaFunction: learn,
      payload: TaskInput.fromObject({ fit: JsonPath.objectAt('$') }),
      payloadResponseOnly: true,
      // What a run returns is one list of these, and has 256 KB.
      resultSelector: { kind: JsonPath.stringAt('$.kind') },
    });
    fit.addRetry({ errors: ['States.TaskFailed'], interval: Duration.seconds(30), maxAttempts: 2, backoffRate: 2 });
    const each = new DistributedMap(this, 'Each', {
      stateName: 'Each workload',
      itemsPath: '$.jobs',
      maxConcurrency: CONCURRENCY,
      toleratedFailurePercentage: TOLERATED_FAILURES_PERCENT,
      mapExecutionType: StateMachineType.STANDARD,
      resultPath: JsonPath.DISCARD,
    });
    each.itemProcessor(fit);
    return new Choice(this, 'Which', { stateName: 'Which workloads' })
      .when(Condition.isPresent('$.jobs'), each)
      .otherwise(list.next(each));
  }

  #begin(scheduled: boolean): void {
    new Rule(this, 'Daily', {
      description: 'Every day: a run of learn over all workloads',
      schedule: DAILY,
      enabled: scheduled,
      targets: [new SfnStateMachine(this.machine)],
    });
    new Rule(this, 'OnDrift', {
      description: "After a drift of a forecast's errors: a run of learn over its workload",
      eventPattern: { source: [DRIFT_EVENT.source], detailType: [DRIFT_EVENT.detailType] },
      targets: [new SfnStateMachine(this.machine, { input: RuleTargetInput.fromEventPath('$.detail') })],
    });
  }

  #acknowledge(): void {
    const reasons = {
      'AwsSolutions-IAM5[Resource::*]':
        'Log delivery and X-Ray know no resources: the statements that the CDK adds for both name none.',
    };
    for (const [id, reason] of Object.entries(reasons)) Validations.of(this.machine.role).acknowledge({ id, reason });
    for (const tail of [':*', '/*:*']) {
      Validations.of(this.machine).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${executionsOf(this.machine)}${tail}]`,
        reason: "The map's children are executions of this very machine, and their names are made as they start.",
      });
    }
  }
}

/** The machine's executions as cdk-nag writes them. */
function executionsOf(machine: StateMachine): string {
  const resource = machine.node.defaultChild;
  const id =
    resource !== undefined && CfnElement.isCfnElement(resource) ? Stack.of(machine).getLogicalId(resource) : '';
  const name = `{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${id}"}]}]}`;
  return `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}`;
}
