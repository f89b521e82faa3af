import { readFileSync } from 'node:fs';
import { BadInputError } from '../models/kernel/errors.ts';

/** The text of a file that a flag names. Throws `BadInputError`, naming both, where it cannot be read. */
export function textOfFile(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new BadInputError(`${flag}: "${file}" cannot be read: ${said}`, { file }, { cause });
  }
}
