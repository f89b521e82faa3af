import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../cli/exit.ts';
import { BadInputError, InvariantError } from '../../models/kernel/errors.ts';

const systemError = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: went wrong`), { code }, path === undefined ? {} : { path });

describe('how a failure ends the process', () => {
  it.each([
    { case: 'bad input', error: new BadInputError('day.csv:3: no'), code: 2 },
    { case: 'a file that is not there', error: systemError('ENOENT', 'day.csv'), code: 2 },
    { case: 'a folder in place of a file', error: systemError('EISDIR', 'day'), code: 2 },
    { case: 'a broken promise', error: new InvariantError('no'), code: 1 },
    { case: 'a connection that was refused', error: systemError('ECONNREFUSED'), code: 1 },
    { case: 'a thrown text', error: 'no', code: 1 },
  ])('$case is status $code', ({ error, code }) => {
    expect(failureOf(error, false).code).toBe(code);
  });

  it('names the code of what failed, so that it can be looked up', () => {
    expect(failureOf(new InvariantError('capacity -1'), false).text).toContain('failed (INVARIANT): capacity -1');
    expect(failureOf(systemError('ECONNREFUSED'), false).text).toContain('failed (ECONNREFUSED)');
  });

  it('shows a stack trace only when it was asked for', () => {
    expect(failureOf(new InvariantError('no'), false).text).not.toContain('    at ');
    expect(failureOf(new InvariantError('no'), true).text).toContain('    at ');
  });
});
