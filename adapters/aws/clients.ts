import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';

/**
 * Three attempts in all, standard back-off: with `adaptive`, four throttles cost 14 s and the process stays slow
 * afterwards. Without `throwOnRequestTimeout` a request that hangs is only warned about.
 */
const PATIENCE = {
  maxAttempts: 3,
  retryMode: 'standard',
  requestHandler: {
    connectionTimeout: 2000,
    requestTimeout: 5000,
    throwOnRequestTimeout: true,
    // A batch works on fifty groups at once.
    httpsAgent: { keepAlive: true, maxSockets: 100 },
    httpAgent: { keepAlive: true, maxSockets: 100 },
  },
};

/** Undefined: whatever the SDK finds in the environment and the shared configuration. */
export type Region = string | undefined;

/** Settings of every client. */
export const clientSettings = (region?: Region) => ({ ...PATIENCE, ...(region === undefined ? {} : { region }) });

/** One client of each service for the life of the process; endpoints come from the environment alone. */
export const makeClients = (region?: Region) =>
  lean({
    autoScaling: new AutoScalingClient(clientSettings(region)),
    cloudWatch: new CloudWatchClient(clientSettings(region)),
    dynamo: new DynamoDBClient(clientSettings(region)),
    events: new EventBridgeClient(clientSettings(region)),
    ec2: new EC2Client(clientSettings(region)),
    s3: new S3Client(clientSettings(region)),
    sns: new SNSClient(clientSettings(region)),
    sqs: new SQSClient(clientSettings(region)),
    ssm: new SSMClient(clientSettings(region)),
  });

/** What all clients have of their layers. */
interface Layered {
  readonly middlewareStack: { remove(name: string): boolean };
}

/** Without the SDK's own logging, which builds a copy of every request and answer for a logger that nobody has set. */
function lean<T extends Readonly<Record<string, Layered>>>(clients: T): T {
  for (const { middlewareStack } of Object.values(clients)) middlewareStack.remove('loggerMiddleware');
  return clients;
}

export type Clients = ReturnType<typeof makeClients>;

/** Closes the connections of all clients. */
export function destroyClients(clients: Clients): void {
  for (const client of Object.values(clients)) client.destroy();
}
