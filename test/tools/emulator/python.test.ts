import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPython, PythonError } from '../../../tools/emulator/python.ts';

describe('findPython', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prescale-python-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A program that answers the probe as an interpreter of that version would. */
  const fake = (name: string, answer: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\necho ${answer}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('takes the first interpreter that is recent enough and has venv', () => {
    const wanted = fake('good', '3 10 1');
    expect(findPython([join(folder, 'absent'), fake('old', '3 9 1'), fake('bare', '3 12 0'), wanted])).toBe(wanted);
  });

  it.each([
    { case: 'nothing is there', answers: [], message: /no python3 in PATH/ },
    { case: 'only an old one is there', answers: ['3 9 1'], message: /p0 3\.9;/ },
    { case: 'venv is missing', answers: ['3 12 0'], message: /p0 3\.12 without venv;/ },
  ])('says what was found and what to install when $case', ({ answers, message }) => {
    const candidates = answers.map((answer, index) => fake(`p${index}`, answer));
    expect(() => findPython(candidates)).toThrow(PythonError);
    expect(() => findPython(candidates)).toThrow(message);
    expect(() => findPython(candidates)).toThrow(
      /needs Python 3\.10 or later.*apt install python3 python3-venv.*brew install.*npm run demo -- --embedded/,
    );
  });
});
