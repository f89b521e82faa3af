import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readSpotRecord } from '../../bench/spot/spot-record.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'spot-record-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(...lines: readonly string[]): string {
  const file = path.join(folder, 'record.csv.gz');
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`));
  return file;
}

const HEADER = 'kind,nodes,set,zone_type,t_s,value';

describe('a file of recorded spot capacity', () => {
  it('is read as one record for each trace, the value a share of the nodes asked for', () => {
    const file = fileOf(
      HEADER,
      'preemption,4-node,aws-1,us-east-1a_v100_1,0,3',
      'preemption,4-node,aws-1,us-east-1a_v100_1,600,0',
      'preemption,4-node,aws-1,us-east-1a_v100_1,900,-1',
      'availability,1-node,aws-1,us-east-1a_v100_1,0,1',
      'availability,1-node,aws-1,us-east-1a_v100_1,300,-1',
    );
    expect(readSpotRecord(file)).toEqual([
      {
        trace: 'preemption 4-node aws-1 us-east-1a_v100_1',
        availability: { atMs: [0, 600_000], granted: [0.75, 0] },
        fromMs: 0,
        toMs: 900_000,
      },
      {
        trace: 'availability 1-node aws-1 us-east-1a_v100_1',
        availability: { atMs: [0], granted: [1] },
        fromMs: 0,
        toMs: 300_000,
      },
    ]);
  });

  it('is null when it is not there', () => {
    expect(readSpotRecord(path.join(folder, 'none.csv.gz'))).toBeNull();
  });

  it.each([
    { case: 'a value is blank', row: 'availability,1-node,s,z,0,', names: /line 2: value-out-of-range/ },
    { case: 'a time is no number', row: 'availability,1-node,s,z,x,1', names: /line 2: time-not-ascending/ },
    { case: 'the nodes have no number', row: 'availability,many,s,z,0,1', names: /line 2: value-out-of-range/ },
    { case: 'the end is missing', row: 'availability,1-node,s,z,0,1', names: /line 2: no-end/ },
  ])('is refused with its line when $case', ({ row, names }) => {
    expect(() => readSpotRecord(fileOf(HEADER, row))).toThrow(names);
  });

  it('is refused when its columns are others', () => {
    expect(() => readSpotRecord(fileOf('a,b', '1,2'))).toThrow(/the header is "a,b"/);
  });
});
