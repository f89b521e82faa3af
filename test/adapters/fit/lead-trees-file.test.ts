import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { LEAD_TREES_FILE, type LeadTreesFile, parseLeadTrees } from '../../../adapters/fit/lead-trees-file.ts';
import { treeCount } from '../../../models/boost/tree-ensemble.ts';

const bytes = readFileSync(LEAD_TREES_FILE);
const shipped = parseLeadTrees(bytes);
const zipped = (file: unknown): Uint8Array => gzipSync(JSON.stringify(file), { level: 1 });
const withTrees = (trees: Partial<LeadTreesFile['trees']>) => ({ ...shipped, trees: { ...shipped.trees, ...trees } });

describe('the file of trees that learned from other histories', () => {
  it('says what they learned from', () => {
    expect(shipped.learned).toMatchObject({ histories: 207, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(treeCount(shipped.trees)).toBe(500);
  });

  it.each([
    { case: 'half a tree', file: withTrees({ value: shipped.trees.value.slice(32) }), says: /whole trees/ },
    {
      case: 'a question too few',
      file: withTrees({ threshold: shipped.trees.threshold.slice(1) }),
      says: /whole trees/,
    },
    { case: 'a column that is not there', file: withTrees({ columns: 3 }), says: /columns that there are/ },
    { case: 'another version', file: { ...shipped, version: 2 }, says: /version/ },
    { case: 'a key that nobody knows', file: { ...shipped, more: 1 }, says: /more/ },
  ])('is refused with $case', ({ file, says }) => {
    expect(() => parseLeadTrees(zipped(file))).toThrow(says);
  });

  it('is refused where it is cut short', () => {
    expect(() => parseLeadTrees(bytes.subarray(0, 1000))).toThrow();
    expect(() => parseLeadTrees(gzipSync(gunzipSync(bytes).subarray(0, 1000)))).toThrow();
  });
});
