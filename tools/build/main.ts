// Compiles what the package ships into dist/: Node strips no types under node_modules, so the published command line is
// JavaScript with declarations beside it. The same compiler as `npm run typecheck`; imports ending in .ts become .js.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const compiler = path.join(root, 'node_modules', 'typescript7', 'bin', 'tsc');
const target = path.join(root, 'dist');

// What was compiled from a file that is gone must not be shipped.
rmSync(target, { recursive: true, force: true });

const compiled = spawnSync(process.execPath, [compiler, '-p', path.join(root, 'tools', 'build', 'tsconfig.json')], {
  cwd: root,
  stdio: ['ignore', 2, 2],
});
if (compiled.status !== 0) {
  console.error(`build: the compiler ended with status ${compiled.status ?? compiled.signal}; its messages are above`);
  process.exit(1);
}

// Code looks for it in the same place relative to itself, here and there.
cpSync(path.join(root, 'data', 'pretrained'), path.join(target, 'data', 'pretrained'), { recursive: true });
chmodSync(path.join(target, 'cli', 'main.js'), 0o755);
console.error('build: dist/ is ready');
