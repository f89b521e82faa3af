import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { requirePlace } from '../../../cli/output/require-place.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'prescale-place-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const trace = at('trace.csv');
writeFileSync(trace, 't_s,load\n');
writeFileSync(at('old.html'), 'an older page');
mkdirSync(at('pages'));
symlinkSync(trace, at('link.csv'));
linkSync(trace, at('twin.csv'));
symlinkSync('no/day.html', at('nowhere.html'));
symlinkSync('pages/day.html', at('soon.html'));

describe('a place for a page', () => {
  it.each(['new.html', 'old.html', 'pages/day.html', 'soon.html'])('may be %s, and nothing is written yet', (name) => {
    const before = readdirSync(folder, { recursive: true });
    expect(() => requirePlace('--plot', at(name), [trace])).not.toThrow();
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it.each([
    { case: 'no name', file: ' ', says: '--plot: got " ", the name of a file is needed' },
    { case: 'a folder', file: at('pages'), says: `--plot ${at('pages')}: is a folder; the name of a file is needed` },
    { case: 'a folder that is not there', file: at('no/day.html'), says: `there is no folder ${at('no')}` },
    { case: 'a folder that is a file', file: `${trace}/day.html`, says: `there is no folder ${trace}` },
    {
      case: 'a link into a folder that is not there',
      file: at('nowhere.html'),
      says: `there is no folder ${at('no')}`,
    },
    { case: 'its source', file: trace, says: 'is what it is made from; name another file' },
    { case: 'its source by a detour', file: at('pages/../trace.csv'), says: 'is what it is made from' },
    { case: 'a link to its source', file: at('link.csv'), says: 'is what it is made from' },
    { case: 'a second name of its source', file: at('twin.csv'), says: 'is what it is made from' },
  ])('is not $case', ({ file, says }) => {
    expect(() => requirePlace('--plot', file, [at('missing.csv'), trace])).toThrow(says);
  });
});
