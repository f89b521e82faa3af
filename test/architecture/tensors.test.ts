import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bundleSize } from '../../tools/build/bundle-size.ts';

const root = path.resolve(import.meta.dirname, '../..');

const sources = execFileSync('git', ['ls-files', '*.ts'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('test/architecture/'));

/** Lines that name the tensor library. */
const naming = sources.flatMap((file) => {
  try {
    const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
    return lines.filter((line) => line.includes("'@tensorflow/")).map((line) => ({ file, line: line.trim() }));
  } catch {
    return []; // deleted in the working tree, not yet in the index
  }
});

describe('the tensor library', () => {
  it('is loaded by adapters/tensors alone, because it is optional and large', () => {
    const loading = naming.filter(({ line }) => !line.startsWith('import type '));
    expect(new Set(loading.map(({ file }) => file))).toEqual(
      new Set(['adapters/tensors/open-tensors.ts', 'tools/native/build-library.ts']),
    );
    expect(naming.length).toBeGreaterThan(loading.length);
  });

  it.each(['tick', 'learn'] as const)('is in no bundle: %s stays small', async (room) => {
    expect((await bundleSize(room)).bytes).toBeLessThan(2_000_000);
  });
});
