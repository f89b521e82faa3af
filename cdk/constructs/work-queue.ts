import { Duration } from 'aws-cdk-lib';
import { type DeadLetterQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface WorkQueueProps {
  /** Timeout of the function that reads from it. */
  readonly consumerTimeout: Duration;
  /** How long a message is worth reading. */
  readonly retention: Duration;
}

/** Deliveries before a message is set aside. */
const MAX_RECEIVES = 3;

/** A queue whose messages are tried three times and then kept for two weeks beside it. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const deadLetterQueue: DeadLetterQueue = { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES };
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: props.retention,
      // Six timeouts: Lambda may hold a batch back while it is throttled, and a second reader must not meet it then.
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeout.toSeconds()),
      deadLetterQueue,
    });
  }
}
