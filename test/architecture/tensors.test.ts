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
  const lines = textOf(file).split('\n');
  return lines.filter((line) => line.includes("'@tensorflow/")).map((line) => ({ file, line: line.trim() }));
});

function textOf(file: string): string {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    return ''; // deleted in the working tree, not yet in the index
  }
}

describe('the tensor library', () => {
  it('is loaded by adapters/tensors alone, and named by what builds or bundles it, because it is optional and large', () => {
    const loading = naming.filter(({ line }) => !line.startsWith('import type '));
    expect(new Set(loading.map(({ file }) => file))).toEqual(
      new Set([
        'adapters/tensors/open-tensors.ts',
        'adapters/tensors/wasm-tensors.ts',
        'cdk/bin/bundled.ts',
        'tools/native/build-library.ts',
      ]),
    );
    expect(naming.length).toBeGreaterThan(loading.length);
  });

  it('comes into a bundle by the trainer’s worker alone', () => {
    const importing = sources.filter((file) => /from '.*wasm-tensors\.ts'/.test(textOf(file)));
    expect(importing).toEqual(['adapters/fit/wasm-train-worker.ts']);
  });

  it.each(['tick', 'learn'] as const)('is in no handler: %s stays small', async (room) => {
    expect((await bundleSize(room)).bytes).toBeLessThan(2_000_000);
  });
});
