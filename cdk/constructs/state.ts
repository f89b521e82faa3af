import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

export interface StateProps {
  /** How long ledger entries and the inputs from which they can be computed again are kept. */
  readonly ledgerLife: Duration;
  readonly removalPolicy: RemovalPolicy;
  /** Path under which policies and switches are kept, without a slash at its end. */
  readonly parameterPrefix: string;
}

/** Models are renewed daily; where no fit succeeds for longer, groups react, and an alarm has told somebody. */
const OLDEST_MODEL = Duration.days(8);

/** What the controller remembers: one table, one bucket, and the switch that stops it. Kept when the stack goes. */
export class State extends Construct {
  readonly table: Table;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: StateProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: props.removalPolicy,
    });
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // No versions: archived inputs never change, and history is rewritten so often that versions would outgrow it.
      versioned: false,
      removalPolicy: props.removalPolicy,
      lifecycleRules: [
        // Longer than the ledger: an entry points at a model that was archived when it was fitted, days before.
        { prefix: 'archive/', expiration: props.ledgerLife.plus(OLDEST_MODEL) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the functions of this stack write here, and each decision they write is in the ledger; an access log would need a second bucket of the same kind.',
    });
    const accountSwitch = new StringParameter(this, 'Switch', {
      parameterName: `${props.parameterPrefix}/switch`,
      description: 'Prescale: run, freeze or release, for every group of this account and region.',
      tier: ParameterTier.STANDARD,
      stringValue: JSON.stringify({ verb: 'run', reason: 'set by the stack' }),
    });
    accountSwitch.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}
