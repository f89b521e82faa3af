import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { replaceFile } from '../../../cli/output/replace-file.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'prescale-replace-'));
  writeFileSync(at('old.html'), 'an older page');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a line of the shell; `$REPLACE file text` replaces a file by a text in a process of its own. */
const inShell = (line: string) =>
  spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE: process.execPath, MODULE: path.join(ROOT, 'cli/output/replace-file.ts') },
  });
const REPLACE = (file: string, text: string): string =>
  `"$NODE" --no-warnings --input-type=module -e 'const { replaceFile } = await import(process.env.MODULE); replaceFile("${file}", ${text})'`;

describe('a file that is replaced', () => {
  it.each(['new.html', 'old.html', `${'n'.repeat(250)}.html`])(
    'holds the text and leaves nothing beside it: %s',
    (name) => {
      replaceFile(at(name), 'a page');
      expect(readFileSync(at(name), 'utf8')).toBe('a page');
      expect(readdirSync(folder).sort()).toEqual([...new Set([name, 'old.html'])].sort());
    },
  );

  it('is a new file under the old name, with the old permissions', () => {
    chmodSync(at('old.html'), 0o640);
    linkSync(at('old.html'), at('copy.html'));
    replaceFile(at('old.html'), 'a page');
    expect(readFileSync(at('copy.html'), 'utf8')).toBe('an older page');
    expect(statSync(at('old.html')).mode & 0o777).toBe(0o640);
  });

  it('is written through a link, which stays one', () => {
    symlinkSync(at('old.html'), at('link.html'));
    replaceFile(at('link.html'), 'a page');
    expect(lstatSync(at('link.html')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('old.html'), 'utf8')).toBe('a page');
  });

  it('may be standard output, be that a pipe or a file', () => {
    expect(inShell(`${REPLACE('/dev/stdout', '"a page"')} | cat`).stdout).toBe('a page');
    inShell(`${REPLACE('/dev/stdout', '"a page"')} > out.html`);
    expect(readFileSync(at('out.html'), 'utf8')).toBe('a page');
  });

  it('stays as it was where there is no room for the new one, with nothing beside it', () => {
    // A limit on the size of files stands for a full disk.
    const said = inShell(`trap '' XFSZ; ulimit -f 8; ${REPLACE('old.html', '"x".repeat(1e6)')}`);
    expect(said.stderr).toContain('EFBIG');
    expect(readFileSync(at('old.html'), 'utf8')).toBe('an older page');
    expect(readdirSync(folder)).toEqual(['old.html']);
  });
});
