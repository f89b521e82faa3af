/** One call that the gate saw: parameters flat for Auto Scaling and EC2, a summary for CloudWatch. */
export interface SeenCall {
  /** The gate's time, epoch ms. */
  readonly atMs: number;
  readonly service: string;
  readonly action: string;
  readonly group: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  /** `ok`, an error's code, `reset`, `lost`, or `fired` / `suspended` for a scheduled action that came due. */
  readonly outcome: string;
}

/** The newest calls, oldest first. */
export interface CallLog {
  record(call: SeenCall): void;
  list(filter?: { readonly action?: string | null; readonly group?: string | null }): readonly SeenCall[];
  clear(): void;
}

/** A log that keeps the newest `capacity` calls. */
export const callLog = (capacity = 2000): CallLog => {
  let calls: SeenCall[] = [];
  return {
    record: (call) => {
      calls.push(call);
      // Cut in blocks, so that a long run does not copy the log at every call.
      if (calls.length > 2 * capacity) calls = calls.slice(-capacity);
    },
    list: ({ action, group } = {}) =>
      calls
        .slice(-capacity)
        .filter((call) => (action ?? call.action) === call.action && (group ?? call.group) === call.group),
    clear: () => {
      calls = [];
    },
  };
};
