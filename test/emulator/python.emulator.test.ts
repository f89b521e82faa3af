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

  it('makes a half-made environment anew, keeps a whole one, and never stamps one whose packages failed', async () => {
    const leftover = join(directory, 'bin', 'leftover');
    const stamp = join(directory, 'prescale-stamp');
    // What an interrupted run leaves: files, but no stamp.
    mkdirSync(join(directory, 'bin'), { recursive: true });
    writeFileSync(leftover, '');
    writeFileSync(requirements, '# nothing\n');
    const first = await ensurePython({ directory, requirements });
    const second = await ensurePython({ directory, requirements });
    expect([[first.made, second.made], existsSync(leftover), existsSync(stamp)]).toEqual([[true, false], false, true]);

    writeFileSync(requirements, 'a-package-without-a-hash==1.0\n');
    await expect(ensurePython({ directory, requirements })).rejects.toThrow(/could not be installed/);
    expect(existsSync(stamp)).toBe(false);
  }, 120_000);
});
