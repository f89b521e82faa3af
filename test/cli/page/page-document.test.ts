import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { html, trusted } from '../../../cli/page/html.ts';
import { pageDocument, pageSection } from '../../../cli/page/page-document.ts';
import { pageTable } from '../../../cli/page/table-markup.ts';
import { markupProblems } from './markup-problems.ts';

const parts = {
  title: '</title><script>alert(1)</script>',
  summary: html`<p>${'<b>not bold</b>'}</p>`,
  main: pageSection(
    'one',
    'A & B',
    pageTable({ id: 't', caption: 'c', columns: [{ title: '<i>', text: true }, { title: 'n' }], rows: [['"', '<1']] }),
  ),
  style: 'p{color:red}',
  noScriptStyle: 'p{color:blue}',
  script: "'use strict';",
};

describe('a page', () => {
  const page = pageDocument(parts);

  it('is sound whatever it is told', () => {
    expect(markupProblems(page)).toEqual([]);
    expect(page).not.toContain('<script>alert');
  });

  it('lets nothing in, and runs only the style and script that it holds', () => {
    const [policy = ''] = /content="(default-src[^"]*)"/.exec(page)?.slice(1) ?? [];
    const hashes = [parts.style, parts.noScriptStyle, parts.script].map(
      (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
    );
    expect(policy).toMatch(/^default-src 'none';/);
    for (const hash of hashes) expect(policy).toContain(hash);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('takes our own markup as it is', () => {
    expect(pageDocument({ ...parts, main: trusted('<hr>') })).toContain('<main>\n<hr>\n</main>');
  });
});
