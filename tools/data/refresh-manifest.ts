// Rewrites the measured part of data/manifest.json (digest, size, rows, columns, blanks, span) from the files themselves.
// What a person must know (what it is, origin, licence, derivation) is written by hand and left alone.
//   node tools/data/refresh-manifest.ts
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { tableFacts } from './table-facts.ts';

const dataDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../data');
const manifestFile = path.join(dataDir, 'manifest.json');
const Entry = z.looseObject({ path: z.string(), kind: z.enum(['table', 'reference', 'licence', 'weights']) });
const Manifest = z.strictObject({ version: z.literal(1), about: z.string(), files: z.array(Entry) });

const manifest = Manifest.parse(JSON.parse(readFileSync(manifestFile, 'utf8')));
const files = manifest.files.map((entry) => {
  const bytes = readFileSync(path.join(dataDir, entry.path));
  const measured = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  return { ...entry, ...measured, ...(entry.kind === 'table' ? tableFacts(bytes) : {}) };
});
writeFileSync(manifestFile, `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
console.error(`refreshed ${files.length} entries of data/manifest.json`);
