import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataInput,
  type GetMetricDataOutput,
} from '@aws-sdk/client-cloudwatch';
import { attempted } from '../aws/aws-call-error.ts';

/** The one call that reading metrics makes. */
export interface MetricCalls {
  getMetricData(input: GetMetricDataInput): Promise<GetMetricDataOutput>;
}

/** The real one; throws `AwsCallError`. */
export const metricCalls = (client: CloudWatchClient): MetricCalls => ({
  getMetricData: (input) => attempted('GetMetricData', () => client.send(new GetMetricDataCommand(input))),
});
