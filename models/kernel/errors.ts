/** Facts that every failure carries, so that a log line alone can explain it. */
export type Detail = Readonly<Record<string, string | number | boolean>>;

/**
 * Root of every error that this project throws; catch by class, alert by `code`.
 * Messages are lower case and say what was given and what is needed.
 */
export abstract class ScalerError extends Error {
  abstract readonly code: string;
  /** True when the same call may succeed later without a human. */
  abstract readonly retryable: boolean;
  readonly detail: Detail;

  constructor(message: string, detail: Detail = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.detail = detail;
  }
}

/** What alarms know a failure by; `UNEXPECTED` for what this project did not throw. */
export const codeOf = (error: unknown): string => (error instanceof ScalerError ? error.code : 'UNEXPECTED');

/** Something a person wrote (a file, a policy, a flag) cannot be used as it is. */
export class BadInputError extends ScalerError {
  override readonly code = 'BAD_INPUT';
  override readonly retryable = false;
}

/** The program broke its own promise; a defect, never the user's fault. */
export class InvariantError extends ScalerError {
  override readonly code = 'INVARIANT';
  override readonly retryable = false;
}
