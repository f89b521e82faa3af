import type { ActRefusal } from '../../loop/ports.ts';

/** Codes by which Auto Scaling says that it understood and will not; the Query protocol's names, without suffixes. */
const KIND_OF: Readonly<Record<string, ActRefusal['kind']>> = {
  ScalingActivityInProgress: 'busy',
  ResourceContention: 'busy',
  ResourceInUse: 'busy',
  AlreadyExists: 'name-or-time-taken',
  ValidationError: 'invalid',
  LimitExceeded: 'invalid',
  // A right that is missing does not come back by asking again: the ledger says so, and the tick is not repeated.
  AccessDenied: 'invalid',
  UnauthorizedOperation: 'invalid',
};

/** `AlreadyExistsFault` and `AlreadyExists` are one code: the SDK names the shape, the wire names the code. */
const plainCode = (code: string): string => code.replace(/(Fault|Exception)$/, '');

/** The refusal that an error code stands for; undefined for throttling, outages and whatever nobody expects. */
export function actRefusalOf(code: string, reason: string): ActRefusal | undefined {
  const plain = plainCode(code);
  const kind = KIND_OF[plain];
  return kind === undefined ? undefined : { kind, code: plain, reason };
}
