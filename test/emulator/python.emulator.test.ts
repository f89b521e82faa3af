import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensurePython } from '../../tools/emulator/python.ts';

describe('ensurePython', () => {
  let folder = '';
  let directory = '';
  let requirements = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prescale-venv-'));
    directory = join(folder, 'venv');
    requirements = join(folder, 'requirements.txt');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes a half-made environment anew, keeps a whole one, and never stamps one whose packages failed', () => {
    const leftover = join(directory, 'bin', 'leftover');
    const stamp = join(directory, 'prescale-stamp');
    // What an interrupted run leaves: files, but no stamp.
    mkdirSync(join(directory, 'bin'), { recursive: true });
    writeFileSync(leftover, '');
    writeFileSync(requirements, '# nothing\n');
    const made = [1, 2].map(() => ensurePython({ directory, requirements }).made);
    expect([made, existsSync(leftover), existsSync(stamp)]).toEqual([[true, false], false, true]);

    writeFileSync(requirements, 'a-package-without-a-hash==1.0\n');
    expect(() => ensurePython({ directory, requirements })).toThrow(/could not be installed/);
    expect(existsSync(stamp)).toBe(false);
  }, 120_000);
});
