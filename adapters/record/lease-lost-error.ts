import { ScalerError } from '../../models/kernel/errors.ts';

/** The lease under which a tick worked is not ours any more: another took the group over, and our state is not kept. */
export class LeaseLostError extends ScalerError {
  override readonly code = 'LEASE_LOST';
  override readonly retryable = true;
}
