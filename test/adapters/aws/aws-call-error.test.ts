import { describe, expect, it } from '@jest/globals';
import { attempted, awsCallError } from '../../../adapters/aws/aws-call-error.ts';

/** An error as the SDK throws it. */
const sdkError = (name: string, status?: number): Error =>
  Object.assign(new Error('said AWS'), { name, $metadata: status === undefined ? {} : { httpStatusCode: status } });

const systemError = (code: string): Error => Object.assign(new Error('socket'), { code });

describe('awsCallError', () => {
  it.each([
    { case: 'Auto Scaling throttles', error: sdkError('Throttling', 400), code: 'AWS_THROTTLED', retryable: true },
    {
      case: 'Parameter Store throttles',
      error: sdkError('ThrottlingException', 400),
      code: 'AWS_THROTTLED',
      retryable: true,
    },
    {
      case: 'DynamoDB throttles',
      error: sdkError('ProvisionedThroughputExceededException', 400),
      code: 'AWS_THROTTLED',
      retryable: true,
    },
    { case: 'S3 asks to slow down', error: sdkError('SlowDown', 503), code: 'AWS_THROTTLED', retryable: true },
    {
      case: 'EC2 limits requests',
      error: sdkError('RequestLimitExceeded', 503),
      code: 'AWS_THROTTLED',
      retryable: true,
    },
    { case: 'anything answers 429', error: sdkError('Anything', 429), code: 'AWS_THROTTLED', retryable: true },
    { case: 'a request times out', error: sdkError('TimeoutError'), code: 'AWS_UNREACHABLE', retryable: true },
    { case: 'the connection breaks', error: systemError('ECONNRESET'), code: 'AWS_UNREACHABLE', retryable: true },
    { case: 'AWS fails', error: sdkError('InternalFailure', 500), code: 'AWS_CALL', retryable: true },
    { case: 'a right is missing', error: sdkError('AccessDeniedException', 403), code: 'AWS_CALL', retryable: false },
    { case: 'something that is no error is thrown', error: 'oh', code: 'AWS_CALL', retryable: false },
  ])('$case: $code, retryable $retryable', ({ error, code, retryable }) => {
    expect(awsCallError('DescribePolicies', error)).toMatchObject({ code, retryable });
  });

  it('names the call, the code of AWS and the cause', async () => {
    const cause = sdkError('Throttling', 400);
    const failing = attempted('GetMetricData', () => Promise.reject(cause));
    await expect(failing).rejects.toMatchObject({
      message: 'GetMetricData failed: Throttling: said AWS',
      detail: { call: 'GetMetricData', aws: 'Throttling', status: 400 },
      cause,
    });
  });
});
