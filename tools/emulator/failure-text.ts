import { ScalerError } from '../../models/kernel/errors.ts';

/** What a person is told of a failure: a known one by its message alone; anything else is a defect and says where it was. */
export function failureText(error: unknown): string {
  if (error instanceof ScalerError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
