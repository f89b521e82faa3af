import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest: Manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/**
 * An empty folder in which the tarball is installed by hand: unpacked under node_modules, its dependencies linked from
 * the checkout, its `bin` linked as npm links it. A real `npm install` would need a registry and a minute for the same
 * files; what can go wrong in the package itself (a file left out, an import that still ends in .ts, a dependency that
 * is not declared) goes wrong here too.
 */
let home: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'prescale-pack-'));
  const modules = path.join(home, 'node_modules');
  mkdirSync(path.join(modules, '.bin'), { recursive: true });
  execFileSync(process.execPath, [path.join(root, 'tools', 'build', 'main.ts')], { stdio: 'pipe' });
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', home], { cwd: root, stdio: 'pipe' });
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', path.join(home, tarball), '-C', modules]);
  execFileSync('mv', [path.join(modules, 'package'), path.join(modules, 'prescale')]);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  }
  for (const [name, file] of Object.entries(manifest.bin)) {
    symlinkSync(path.join('..', 'prescale', file), path.join(modules, '.bin', name));
  }
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const prescale = (...args: readonly string[]) =>
  spawnSync(path.join(home, 'node_modules', '.bin', 'prescale'), args, {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', PATH: `${path.dirname(process.execPath)}:${process.env['PATH']}` },
  });

/** Four days of a daily wave at ten-minute steps. */
const wave = (): string => {
  const rows = Array.from(
    { length: 4 * 144 },
    (_, i) => `${i * 600},${100 + Math.round(80 * Math.sin((i * Math.PI) / 72))}`,
  );
  return `t_s,requests\n${rows.join('\n')}\n`;
};

describe('the published package', () => {
  it('holds compiled files alone: no source, no test, no tool', () => {
    const files = readdirSync(path.join(home, 'node_modules', 'prescale'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
    expect(files.filter((file) => /^(test|tools|bench)\//.test(file))).toEqual([]);
    expect(files).toContain('LICENSE');
  });

  it('says its version', () => {
    expect(prescale('--version').stdout).toBe(`${manifest.version}\n`);
  });

  it('shows its help', () => {
    const { status, stdout, stderr } = prescale('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('backtest');
  });

  it('runs a backtest from compiled files', () => {
    const csv = path.join(home, 'wave.csv');
    writeFileSync(csv, wave());
    const { status, stdout, stderr } = prescale(
      'backtest',
      '--trace',
      csv,
      '--policies',
      'target-tracking-50',
      '--json',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ stepSeconds: 600, scoredSteps: 288, bootSteps: 1 });
  });

  it('fits and forecasts from compiled files', () => {
    const csv = path.join(home, 'wave.csv');
    writeFileSync(csv, wave());
    const { status, stdout, stderr } = prescale('forecast', '--trace', csv, '--horizon', '1h', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ stepSeconds: 600 });
  });

  it('finds the trees that learned from other series', () => {
    const csv = path.join(home, 'wave.csv');
    const days = Array.from({ length: 24 * 10 }, (_, t) => `${t * 3600},${100 + ((t * 7) % 24) + (t % 5)}`);
    writeFileSync(csv, `t_s,requests\n${days.join('\n')}\n`);
    const { status, stdout, stderr } = prescale('accuracy', '--series', csv, '--leads', '1h', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ leads: { '1h': { n: 120 } } });
  });

  it('gives its core to other programs, with types', () => {
    const program = "import { parsePolicy } from 'prescale/loop/policy'; console.log(typeof parsePolicy);";
    writeFileSync(path.join(home, 'program.mjs'), program);
    expect(
      execFileSync(process.execPath, ['program.mjs'], {
        cwd: home,
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      }),
    ).toBe('function\n');
    expect(readdirSync(path.join(home, 'node_modules', 'prescale', 'dist', 'loop'))).toContain('policy.d.ts');
  });
});
