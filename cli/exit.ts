import { isNativeError } from 'node:util/types';
import { BadInputError, ScalerError } from '../models/kernel/errors.ts';

/** What the process answers to its caller. */
export const EXIT = { done: 0, failed: 1, badInput: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Why a command ended early, for the caller and for a person. */
export interface Failure {
  readonly code: ExitCode;
  readonly text: string;
}

/** Why a path cannot be opened, by the system's code. */
const PATH_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'this is a folder; a file is needed',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system cannot be written',
  ELOOP: 'symbolic links lead round in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** The code that the system, or whoever threw an error, gave it; undefined where there is none. */
export const systemCodeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** What is wrong with a path that a person gave, so bad input; undefined when it is something else. */
function pathFault(error: Error): string | undefined {
  const fault = PATH_FAULTS[systemCodeOf(error) ?? ''];
  return fault !== undefined && 'path' in error && typeof error.path === 'string'
    ? `${error.path}: ${fault}`
    : undefined;
}

/** Turns whatever was thrown into one line and an exit code; stack traces stay out unless `debug`. */
export function failureOf(error: unknown, debug: boolean): Failure {
  // An error of Node itself may come from another realm, where instanceof says no.
  if (!isNativeError(error)) return { code: EXIT.failed, text: `failed: ${String(error)}` };
  const trace = debug && error.stack !== undefined ? `\n${error.stack}` : '';
  const bad = error instanceof BadInputError ? error.message : pathFault(error);
  if (bad !== undefined) return { code: EXIT.badInput, text: `${bad}${trace}` };
  const name = error instanceof ScalerError ? error.code : (systemCodeOf(error) ?? error.name);
  const hint = debug ? '' : ' (PRESCALE_DEBUG=1 shows where)';
  return { code: EXIT.failed, text: `failed (${name}): ${error.message}${hint}${trace}` };
}
