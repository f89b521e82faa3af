import { type Detail, ScalerError } from '../../models/kernel/errors.ts';

export type AwsCallCode = 'AWS_THROTTLED' | 'AWS_UNREACHABLE' | 'AWS_CALL';

/** A call to AWS that gave no usable answer: throttled, unreachable, or failed in a way that no port expects. */
export class AwsCallError extends ScalerError {
  override readonly code: AwsCallCode;
  override readonly retryable: boolean;

  constructor(
    message: string,
    facts: { readonly code: AwsCallCode; readonly retryable: boolean; readonly detail?: Detail },
    options?: ErrorOptions,
  ) {
    super(message, facts.detail ?? {}, options);
    this.code = facts.code;
    this.retryable = facts.retryable;
  }
}

/** What AWS's services call too many calls; the SDK's own list, and the Query protocol's shorter names. */
const THROTTLED =
  /^(Throttl|RequestLimitExceeded|RequestThrottled|TooManyRequests|ProvisionedThroughputExceeded|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete|EC2ThrottledException|TransactionInProgress)/;

/** Failures of the way to AWS rather than of AWS. */
const UNREACHABLE = /^(TimeoutError|AbortError|NetworkingError|ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH)/;

interface Failure {
  readonly name: string;
  readonly message: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
}

/** The facts of whatever an SDK call threw; a system error's code ("ECONNRESET") stands for its name. */
export function failureOf(cause: unknown): Failure {
  if (!(cause instanceof Error)) return { name: 'unknown', message: String(cause), status: 0 };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  const metadata = '$metadata' in cause ? cause.$metadata : undefined;
  return { name: code ?? cause.name, message: cause.message, status: statusOf(metadata) };
}

function statusOf(metadata: unknown): number {
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}

const SERVER_FAULT = 500;
const TOO_MANY = 429;

/** Names the failure of one call by its AWS code; `call` is the operation, for example `GetMetricData`. */
export function awsCallError(call: string, cause: unknown): AwsCallError {
  const { name, message, status } = failureOf(cause);
  const said = `${call} failed: ${name}: ${message}`;
  const detail = { call, aws: name, status };
  if (status === TOO_MANY || THROTTLED.test(name)) {
    return new AwsCallError(said, { code: 'AWS_THROTTLED', retryable: true, detail }, { cause });
  }
  if (UNREACHABLE.test(name)) {
    return new AwsCallError(said, { code: 'AWS_UNREACHABLE', retryable: true, detail }, { cause });
  }
  return new AwsCallError(said, { code: 'AWS_CALL', retryable: status >= SERVER_FAULT, detail }, { cause });
}

/** Makes one call; whatever it throws becomes an `AwsCallError` that names the call. */
export async function attempted<T>(call: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw awsCallError(call, cause);
  }
}
