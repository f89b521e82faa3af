import { BadInputError, ScalerError } from '../models/kernel/errors.ts';

/** What the process answers to its caller. */
export const EXIT = { done: 0, failed: 1, badInput: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Why a command ended early, for the caller and for a person. */
export interface Failure {
  readonly code: ExitCode;
  readonly text: string;
}

const MISSING = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES', 'EPERM']);

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** A path that cannot be opened: what the person gave is at fault, so it is bad input. */
const isPathFault = (error: Error): boolean => 'path' in error && MISSING.has(codeOf(error) ?? '');

/** Turns whatever was thrown into one line and an exit code; stack traces stay out unless `debug`. */
export function failureOf(error: unknown, debug: boolean): Failure {
  if (!(error instanceof Error)) return { code: EXIT.failed, text: `failed: ${String(error)}` };
  const trace = debug && error.stack !== undefined ? `\n${error.stack}` : '';
  if (error instanceof BadInputError || isPathFault(error)) {
    return { code: EXIT.badInput, text: `${error.message}${trace}` };
  }
  const name = error instanceof ScalerError ? error.code : (codeOf(error) ?? error.name);
  const hint = debug ? '' : ' (PRESCALE_DEBUG=1 shows where)';
  return { code: EXIT.failed, text: `failed (${name}): ${error.message}${hint}${trace}` };
}
