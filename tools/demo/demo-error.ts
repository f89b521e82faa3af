import { ScalerError } from '../../models/kernel/errors.ts';

/** The demo cannot go on; the message says what it waited for or was given. */
export class DemoError extends ScalerError {
  override readonly code = 'DEMO';
  override readonly retryable = true;
}
