// Grows the trees that ship in data/pretrained/ from the hourly training histories of the M4 competition, and writes them
// beside the digest of what they learned from. Same file: the same trees. Two minutes, 1.6 GB.
//   npm run lead-trees -- --data DIR        reads DIR/m4/m4_hourly_train.csv.gz: series,hour_index,value
// Afterwards: node tools/data/refresh-manifest.ts
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { LEAD_TREES_FILE, parseLeadTrees } from '../../adapters/fit/lead-trees-file.ts';
import { readHistories } from '../../cli/accuracy/contest-set.ts';
import { fitLeadTrees } from '../../models/forecast/pretrained/fit-lead-trees.ts';

const HISTORIES = path.join('m4', 'm4_hourly_train.csv.gz');

const { data } = parseArgs({ options: { data: { type: 'string' } } }).values;
if (data === undefined) {
  console.error('usage: npm run lead-trees -- --data DIR');
  process.exit(2);
}
const file = path.join(data, HISTORIES);
const histories = readHistories(file).map(({ history }) => history);
console.error(`learning from ${histories.length} histories …`);
const fitted = fitLeadTrees(histories);
if (!fitted.ok) throw new Error(`nothing can be learned from ${file}: ${JSON.stringify(fitted.refusal)}`);
const learned = {
  version: 1,
  learned: {
    from: HISTORIES,
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    histories: histories.length,
  },
  trees: fitted.value.trees,
};
const bytes = gzipSync(JSON.stringify(learned), { level: 9 });
// What cannot be read again is not written.
parseLeadTrees(bytes);
mkdirSync(path.dirname(LEAD_TREES_FILE), { recursive: true });
writeFileSync(LEAD_TREES_FILE, bytes);
console.error(`wrote ${path.relative(process.cwd(), LEAD_TREES_FILE)}, ${bytes.length} bytes`);
