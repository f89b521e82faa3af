import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { tableFacts } from '../../tools/data/table-facts.ts';

const dataDir = fileURLToPath(new URL('../../data', import.meta.url));
const read = (file: string) => readFileSync(path.join(dataDir, file));
const zipped = (csv: string) => gzipSync(csv);

const text = z.string().min(1);
const described = {
  path: text,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  what: text,
  origin: z.strictObject({
    repository: text,
    path: text,
    commit: z
      .string()
      .regex(/^[0-9a-f]{10,40}$/)
      .nullable(),
    source: text,
    carrierLicence: text.nullable(),
  }),
  licence: z.strictObject({ id: text, url: z.url(), attribution: text }),
  derived: text,
};
const Table = z.strictObject({
  kind: z.literal('table'),
  ...described,
  load: text,
  rows: z.int().positive(),
  columns: z.array(text).min(2),
  blanks: z.record(z.string(), z.int().positive()),
  span: z.strictObject({ from: text, to: text, stepSeconds: z.int().positive() }),
});
const Other = z.strictObject({ kind: z.enum(['reference', 'licence', 'weights']), ...described });
const Manifest = z.strictObject({
  version: z.literal(1),
  about: text,
  files: z.array(z.discriminatedUnion('kind', [Table, Other])),
});

const manifest = Manifest.parse(JSON.parse(read('manifest.json').toString()));
const tables = manifest.files.filter((file) => file.kind === 'table');

/** Licences under which a file may ship in this repository. */
const redistributable = ['CC-BY-4.0', 'MIT', 'Apache-2.0', 'LicenseRef-Internet-Traffic-Archive'];

describe('the manifest of data/', () => {
  it('names every file that is there, and no other', () => {
    const present = readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(dataDir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((file) => file !== 'manifest.json' && file !== 'README.md');
    expect(manifest.files.map((file) => file.path).sort()).toEqual(present.sort());
  });

  it.each(manifest.files)('gives the digest, size and a redistributable licence of $path', (file) => {
    const bytes = read(file.path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    expect(bytes.length).toBe(file.bytes);
    expect(redistributable).toContain(file.licence.id);
  });

  it.each(tables)('counts the rows and names the columns of $path', (table) => {
    const [header = '', ...rows] = gunzipSync(read(table.path)).toString('utf8').trimEnd().split('\n');
    expect(header.split(',')).toEqual(table.columns);
    expect(rows).toHaveLength(table.rows);
    expect(table.columns).toContain(table.load);
  });

  it.each(tables)('gives the span, step and blanks of $path', (table) => {
    const { blanks, span } = tableFacts(read(table.path));
    expect({ blanks, span }).toEqual({ blanks: table.blanks, span: table.span });
  });

  it.each(manifest.files)('is repeated for people: README.md names $path', (file) => {
    expect(read('README.md').toString()).toContain(`\`${file.path}\``);
  });

  it.each(manifest.files)('has its attribution in README.md, to the letter: $path', (file) => {
    expect(read('README.md').toString()).toContain(file.licence.attribution);
  });
});

describe('the facts of a table', () => {
  it('refuses a time column with two steps', () => {
    expect(() => tableFacts(zipped('t_s,n\n0,1\n60,2\n180,3\n'))).toThrow(/one constant step, got 60, 120/);
  });

  it('counts empty cells per column', () => {
    expect(tableFacts(zipped('t_s,a,b\n0,,1\n60,2,3\n')).blanks).toEqual({ a: 1 });
  });
});
