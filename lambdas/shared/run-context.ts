/** The part of Lambda's context that a run depends on. */
export interface RunContext {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}
