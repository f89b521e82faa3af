import type { Clock, Ports, TickQueue } from '../../loop/ports.ts';
import { AutoScalingActor } from '../act/auto-scaling-actor.ts';
import { groupWrites } from '../act/group-writes.ts';
import { systemClock } from '../clock.ts';
import { type EventName, putEventTo, refitsBy } from '../jobs/drift-events.ts';
import { sendBatchTo } from '../jobs/message-batches.ts';
import { SqsRefitQueue } from '../jobs/sqs-refit-queue.ts';
import { SqsTickQueue } from '../jobs/sqs-tick-queue.ts';
import { AccountHeadroom } from '../observe/account-headroom.ts';
import { AutoScalingGroupReader } from '../observe/auto-scaling-group-reader.ts';
import { CloudWatchLoadReader } from '../observe/cloudwatch-load-reader.ts';
import { ec2Calls } from '../observe/ec2-calls.ts';
import { AutoScalingLaunchReader } from '../observe/launch-reader.ts';
import { metricCalls } from '../observe/metric-calls.ts';
import { scalingCalls } from '../observe/scaling-calls.ts';
import { Bucket } from '../record/bucket.ts';
import { DynamoBlastRadius } from '../record/dynamo-blast-radius.ts';
import { DynamoLedger } from '../record/dynamo-ledger.ts';
import { DynamoRuntimeStore } from '../record/dynamo-runtime-store.ts';
import { emfTelemetry } from '../record/emf-telemetry.ts';
import type { Trust } from '../record/etag-cache.ts';
import { Parameters } from '../record/parameters.ts';
import { S3Archive } from '../record/s3-archive.ts';
import { S3HistoryStore } from '../record/s3-history-store.ts';
import { S3ManifestStore } from '../record/s3-manifest-store.ts';
import { S3ModelStore } from '../record/s3-model-store.ts';
import { S3NetworkStore } from '../record/s3-network-store.ts';
import { SnsNotices } from '../record/sns-notices.ts';
import { SsmDynamoSwitchBoard } from '../record/ssm-dynamo-switch-board.ts';
import { SsmPolicyStore } from '../record/ssm-policy-store.ts';
import { Table } from '../record/table.ts';
import { unreadableTo } from '../record/unreadable.ts';
import type { Clients } from './clients.ts';

/** Where the parts of one controller are. */
export interface Places {
  readonly table: string;
  readonly bucket: string;
  /** Path of policies and switch in Parameter Store, without a slash at its end. */
  readonly parameterPrefix: string;
  readonly refitQueueUrl: string;
  readonly tickQueueUrl: string;
  readonly noticesTopicArn: string;
  /** By which a run of `learn` is asked for after a drift. */
  readonly driftEvent: EventName;
  /** How long ledger entries are kept. */
  readonly ledgerDays: number;
}

export interface Shell {
  readonly clock: Clock;
  /** Gets one line of the log, without its end. */
  readonly write: (line: string) => void;
  /**
   * Whether each group has metrics of its own.
   * @default false
   */
  readonly groupMetrics?: boolean;
  /**
   * For how long a day of history that was read or written here is taken for the newest version, milliseconds.
   * @default 0
   */
  readonly historyTrustedMs?: number;
  /**
   * The same of a model, for a reader that does not wait for a fit.
   * @default 0
   */
  readonly modelTrustedMs?: number;
}

/** In Lambda, what is printed is the log; CloudWatch finds the embedded metrics in it. */
const printing: Shell = { clock: systemClock, write: (line) => console.log(line) };

/** Every port over AWS. Makes no call. `shell` is the machine's clock and the log unless given. */
export function portsOver(
  clients: Clients,
  places: Places,
  shell: Shell = printing,
): Ports & { readonly queue: TickQueue } {
  const { clock } = shell;
  const table = new Table(clients.dynamo, places.table);
  const bucket = new Bucket(clients.s3, places.bucket);
  const parameters = new Parameters(clients.ssm, places.parameterPrefix);
  const telemetry = emfTelemetry(shell.write, { clock, perGroup: shell.groupMetrics === true });
  const unreadable = unreadableTo(shell.write);
  const meter = (requested: number): void => telemetry.metricsRequested(requested, clock.wall());
  const metrics = metricCalls(clients.cloudWatch);
  const scaling = scalingCalls(clients.autoScaling);
  // By the run's own clock: where recorded days are replayed, a model grows old by their hours.
  const trusted = (trustedMs = 0): Trust => ({ trustedMs, nowMs: () => clock.wall() });
  return {
    clock,
    telemetry,
    loads: new CloudWatchLoadReader(metrics, meter),
    groups: new AutoScalingGroupReader(scaling),
    launches: new AutoScalingLaunchReader(scaling),
    headroom: new AccountHeadroom({ scaling, ec2: ec2Calls(clients.ec2), metrics, meter, clock }),
    actor: new AutoScalingActor(groupWrites(clients.autoScaling)),
    runtime: new DynamoRuntimeStore(table),
    ledger: new DynamoLedger(table, places.ledgerDays),
    history: new S3HistoryStore(bucket, unreadable, trusted(shell.historyTrustedMs)),
    models: new S3ModelStore(bucket, unreadable, trusted(shell.modelTrustedMs)),
    manifests: new S3ManifestStore(bucket, unreadable),
    networks: new S3NetworkStore(bucket, unreadable),
    archive: new S3Archive(bucket),
    policies: new SsmPolicyStore(parameters),
    switches: new SsmDynamoSwitchBoard({ parameters, table, clock }),
    blastRadius: new DynamoBlastRadius(table),
    refits: refitsBy(
      new SqsRefitQueue(sendBatchTo(clients.sqs, places.refitQueueUrl)),
      putEventTo(clients.events, places.driftEvent),
    ),
    notices: new SnsNotices(clients.sns, places.noticesTopicArn),
    queue: new SqsTickQueue(sendBatchTo(clients.sqs, places.tickQueueUrl)),
  };
}
