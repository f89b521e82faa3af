import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');

const ours = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('data/') && file !== 'package-lock.json');

const textOf = (file: string): string => {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    return ''; // deleted in the working tree, not yet in the index
  }
};

const sources = ours.filter((file) => file.endsWith('.ts'));

/** Files that are tables: rows of data, not logic. */
const tables = [/aws-refusals\.ts$/];

describe('the house', () => {
  it('is read at all', () => {
    expect(sources.length).toBeGreaterThan(60);
  });

  it('has no file longer than 300 lines, because that is two concepts in one room', () => {
    const long = sources.filter((file) => !tables.some((t) => t.test(file)) && textOf(file).split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('has no name that says nothing', () => {
    expect(ours.filter((file) => /(^|[/.-])(utils?|helpers?|common|manager|service)([/.-]|$)/.test(file))).toEqual([]);
  });

  it('has no skipped, focused or empty test', () => {
    const weak = /\b(it|test|describe)\.(skip|todo|only)\b|\bx(it|describe)\(|expect\(true\)/;
    const tests = sources.filter((file) => file.startsWith('test/') && !file.endsWith('house.test.ts'));
    expect(tests.filter((file) => weak.test(textOf(file)))).toEqual([]);
  });

  it('names no machine and nothing beside itself', () => {
    const elsewhere = /(\/root\/|\/home\/[a-z]|\/Users\/[a-z]|registry\.npmjs|pypi\.org)/;
    expect(ours.filter((file) => !file.endsWith('house.test.ts') && elsewhere.test(textOf(file)))).toEqual([]);
  });

  it('keeps clock, randomness and environment out of the core', () => {
    const impure = /\bDate\b\s*[.(]|new Date\b|Math\.random|\bprocess\.[a-z]|performance\.now/;
    const core = sources.filter((file) => /^(models|loop)\//.test(file));
    expect(core.filter((file) => impure.test(textOf(file)))).toEqual([]);
  });
});
