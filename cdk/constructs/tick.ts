import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DRIFT_EVENT } from '../../lambdas/shared/config.ts';
import type { TickEnvName } from '../../lambdas/tick/config.ts';
import { ControllerFunction } from './controller-function.ts';
import { changeTaggedGroups, readGroups, readHeadroom, readMetrics } from './group-rights.ts';
import { readParameters } from './parameter-rights.ts';
import type { ControllerSettings } from './settings.ts';
import { tellMissingObjects, useItems, useObjects } from './state-rights.ts';
import { WorkQueue } from './work-queue.ts';

export interface TickProps extends ControllerSettings {
  readonly table: ITable;
  readonly bucket: IBucket;
  /** Where a fit is asked for. */
  readonly refits: IQueue;
  readonly notices: ITopic;
  /** Highest floor that the role may write, whatever the code says; undefined sets no such limit. */
  readonly maxFloor: number | undefined;
  /** Whether each group has CloudWatch metrics of its own. */
  readonly groupMetrics: boolean;
  /** Time between two turns of the loop; undefined where no rule begins them. */
  readonly every: Duration | undefined;
}

/** Short, because a message that failed is seen again after six of these, and should be before the next turn. */
const TIMEOUT = Duration.seconds(30);

/** Groups in one batch: CloudWatch answers up to 500 queries in one call, and fifty turns fit the timeout. */
const BATCH = 50;

/** Batches at once. SQS takes no less than two; each reads its own groups, so that there is nothing to share. */
const CONCURRENCY = 10;

/** Takes one turn of the loop for a batch of groups. */
export class Tick extends Construct {
  readonly work: WorkQueue;
  readonly worker: ControllerFunction;

  constructor(scope: Construct, id: string, props: TickProps) {
    super(scope, id);
    this.work = new WorkQueue(this, 'Work', { consumerTimeout: TIMEOUT, retention: Duration.hours(1) });
    this.worker = new ControllerFunction(this, 'Worker', {
      room: 'tick',
      description: 'Prescale: observe, clean, forecast, decide, guard, act, record, learn',
      timeout: TIMEOUT,
      memorySize: 1024,
      tracing: props.tracing,
      removalPolicy: props.removalPolicy,
      environment: {
        STATE_TABLE: props.table.tableName,
        STATE_BUCKET: props.bucket.bucketName,
        REFIT_QUEUE_URL: props.refits.queueUrl,
        NOTICES_TOPIC_ARN: props.notices.topicArn,
        PARAMETER_PREFIX: props.parameterPrefix,
        OWNER: props.owner,
        CLOCK: props.clock,
        GROUP_METRICS: String(props.groupMetrics),
        EVERY_MINUTES: String(props.every?.toMinutes() ?? 'by-hand'),
        LEDGER_DAYS: String(props.ledgerLife.toDays()),
      } satisfies Record<TickEnvName, string>,
    });
    this.worker.live.addEventSource(
      new SqsEventSource(this.work.queue, {
        batchSize: BATCH,
        maxBatchingWindow: Duration.seconds(1),
        maxConcurrency: CONCURRENCY,
        reportBatchItemFailures: true,
      }),
    );
    this.worker.allow(
      readGroups(),
      readHeadroom(),
      readMetrics(),
      ...changeTaggedGroups(this, props),
      readParameters(this, props),
      useItems(props.table),
      useObjects(props.bucket),
      tellMissingObjects(props.bucket),
    );
    props.refits.grantSendMessages(this.worker.role);
    props.notices.grantPublish(this.worker.role);
    this.worker.allow(this.#tellDrift());
  }

  /** Events of ours alone, on the bus that every account has. */
  #tellDrift(): PolicyStatement {
    return new PolicyStatement({
      sid: 'TellDrift',
      actions: ['events:PutEvents'],
      resources: [EventBus.fromEventBusName(this, 'Bus', 'default').eventBusArn],
      conditions: { StringEquals: { 'events:source': DRIFT_EVENT.source } },
    });
  }
}
