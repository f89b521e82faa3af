import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { LearnPorts } from '../../loop/learn.ts';
import type { GroupReader } from '../../loop/ports.ts';
import { systemClock } from '../clock.ts';
import { AutoScalingGroupReader } from '../observe/auto-scaling-group-reader.ts';
import { CloudWatchLoadReader } from '../observe/cloudwatch-load-reader.ts';
import { metricCalls } from '../observe/metric-calls.ts';
import { scalingCalls } from '../observe/scaling-calls.ts';
import { Bucket } from '../record/bucket.ts';
import { emfTelemetry } from '../record/emf-telemetry.ts';
import { Parameters } from '../record/parameters.ts';
import { S3Archive } from '../record/s3-archive.ts';
import { S3HistoryStore } from '../record/s3-history-store.ts';
import { S3ManifestStore } from '../record/s3-manifest-store.ts';
import { S3ModelStore } from '../record/s3-model-store.ts';
import { S3NetworkStore } from '../record/s3-network-store.ts';
import { SsmPolicyStore } from '../record/ssm-policy-store.ts';
import { unreadableTo } from '../record/unreadable.ts';
import { clientSettings } from './clients.ts';

/** Settings of the function `learn`, named as its environment names them. */
export interface LearnPlaces {
  readonly STATE_BUCKET: string;
  readonly PARAMETER_PREFIX: string;
}

/** What fits, and the list of what is to be fitted, need of the world and nothing else. */
export function learnPorts(env: LearnPlaces): LearnPorts & { readonly groups: GroupReader } {
  const write = (line: string): void => console.log(line);
  const telemetry = emfTelemetry(write, { clock: systemClock });
  const bucket = new Bucket(new S3Client(clientSettings()), env.STATE_BUCKET);
  const unreadable = unreadableTo(write);
  return {
    groups: new AutoScalingGroupReader(scalingCalls(new AutoScalingClient(clientSettings()))),
    loads: new CloudWatchLoadReader(metricCalls(new CloudWatchClient(clientSettings())), (metrics) =>
      telemetry.metricsRequested(metrics, systemClock.wall()),
    ),
    history: new S3HistoryStore(bucket, unreadable),
    models: new S3ModelStore(bucket, unreadable),
    manifests: new S3ManifestStore(bucket, unreadable),
    networks: new S3NetworkStore(bucket, unreadable),
    archive: new S3Archive(bucket),
    policies: new SsmPolicyStore(new Parameters(new SSMClient(clientSettings()), env.PARAMETER_PREFIX)),
  };
}
