import { describe, expect, it } from '@jest/globals';
import { DemoError } from '../../../tools/demo/demo-error.ts';
import { CdkError } from '../../../tools/emulator/cdk.ts';
import { failureText } from '../../../tools/emulator/failure-text.ts';
import { PythonError } from '../../../tools/emulator/python.ts';
import { EmulatorError } from '../../../tools/emulator/servers.ts';

describe('what a person is told of a failure', () => {
  it.each([
    { case: 'no Python', error: new PythonError('no python3 in PATH') },
    { case: 'a server that did not start', error: new EmulatorError('moto exited with 1') },
    { case: 'the CDK', error: new CdkError('cdk deploy ended with status 1') },
    { case: 'the demo itself', error: new DemoError('no decision within 20 s') },
  ])('is the message alone when it is a known one: $case', ({ error }) => {
    expect(failureText(error)).toBe(error.message);
  });

  it('says where it was when nobody expected it', () => {
    expect(failureText(new TypeError('x is not a function'))).toMatch(/^TypeError: x is not a function\n {4}at /);
    expect(failureText('nothing')).toBe('nothing');
  });
});
