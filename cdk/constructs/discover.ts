import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DiscoverEnvName } from '../../lambdas/discover/config.ts';
import { ControllerFunction } from './controller-function.ts';
import { findGroups } from './group-rights.ts';
import type { ControllerSettings } from './settings.ts';

export interface DiscoverProps extends ControllerSettings {
  /** Where one message per group and tick goes. */
  readonly ticks: IQueue;
  /** Where it is written down which scheduled event has been fanned out. */
  readonly table: ITable;
  /** Time between two turns of the loop. */
  readonly every: Duration;
  readonly scheduled: boolean;
}

const TIMEOUT = Duration.seconds(60);

/** Finds the tagged groups at each turn of the loop and asks for a tick of each. */
export class Discover extends Construct {
  readonly worker: ControllerFunction;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, props: DiscoverProps) {
    super(scope, id);
    this.worker = new ControllerFunction(this, 'Worker', {
      room: 'discover',
      description: 'Prescale: finds tagged Auto Scaling groups and asks for a tick of each',
      timeout: TIMEOUT,
      memorySize: 512,
      tracing: props.tracing,
      removalPolicy: props.removalPolicy,
      environment: {
        STATE_TABLE: props.table.tableName,
        TICK_QUEUE_URL: props.ticks.queueUrl,
        CLOCK: props.clock,
      } satisfies Record<DiscoverEnvName, string>,
    });
    this.worker.allow(findGroups());
    props.ticks.grantSendMessages(this.worker.role);
    this.worker.allow(
      new PolicyStatement({
        sid: 'RememberFannedOutEvents',
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        resources: [props.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['once#*'] } },
      }),
    );
    this.rule = new Rule(this, 'Every', {
      description: 'Prescale: one turn of the loop',
      schedule: Schedule.rate(props.every),
      enabled: props.scheduled,
      targets: [
        new LambdaFunction(this.worker.live, {
          // A turn that could not start before the next one is due is worth nothing.
          maxEventAge: props.every,
          retryAttempts: 2,
        }),
      ],
    });
  }
}
