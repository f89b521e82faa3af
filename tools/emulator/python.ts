import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ScalerError } from '../../models/kernel/errors.ts';

/** Folder of the repository, absolute. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

const REQUIREMENTS = join(PROJECT_ROOT, 'tools', 'emulator', 'requirements.txt');
const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const INSTALL_HINT =
  'Debian/Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13; Fedora: dnf install python3';

/** Who has no Python need not go without the demo. */
const WITHOUT = 'The demo also runs without Python: npm run demo -- --embedded';

/** No usable Python, or its packages could not be installed. The message says what to install. */
export class PythonError extends ScalerError {
  override readonly code = 'EMULATOR_PYTHON';
  override readonly retryable = false;
}

/** One interpreter that was tried: its version, or null when it cannot be run, and whether it can make environments. */
interface Tried {
  readonly command: string;
  readonly version: readonly [number, number] | null;
  readonly venv: boolean;
}

// ensurepip is what Debian splits off into python3-venv; without it `-m venv` fails half-way.
const PROBE =
  'import sys, importlib.util as u; print(*sys.version_info[:2], int(all(map(u.find_spec, ("venv", "ensurepip")))))';

const tryPython = (command: string): Tried => {
  const run = spawnSync(command, ['-c', PROBE], { encoding: 'utf8', timeout: 20_000 });
  const [major, minor, venv] = run.status === 0 ? run.stdout.trim().split(' ').map(Number) : [];
  const version = major === undefined || minor === undefined ? null : ([major, minor] as const);
  return { command, version, venv: venv === 1 };
};

const recentEnough = ({ version }: Tried): boolean => version !== null && version[0] === 3 && version[1] >= 10;

/**
 * The first Python ≥ 3.10 that can make virtual environments, of `python3`, `python3.13` … `python3.10`, `python` in PATH.
 * Throws PythonError saying what was found and what to install.
 */
export const findPython = (candidates: readonly string[] = CANDIDATES): string => {
  const tried: Tried[] = [];
  for (const command of candidates) {
    const one = tryPython(command);
    if (recentEnough(one) && one.venv) return command;
    tried.push(one);
  }
  const found = tried.filter((one) => one.version !== null);
  const list = found.map((one) => `${one.command} ${one.version?.join('.')}${one.venv ? '' : ' without venv'}`);
  const given = list.length === 0 ? 'no python3 in PATH' : `found ${list.join(', ')}`;
  throw new PythonError(`${given}; the emulator needs Python 3.10 or later with venv. ${INSTALL_HINT}. ${WITHOUT}`);
};

/** Paths of a ready environment. */
export interface PythonEnvironment {
  /** Absolute path of its interpreter. */
  readonly python: string;
  /** False when it was there already. */
  readonly made: boolean;
}

/** Where to make the environment; each default is the project's own. */
export interface EnvironmentOptions {
  /** @default .venv in the project */
  readonly directory?: string;
  /** @default tools/emulator/requirements.txt */
  readonly requirements?: string;
  /** Told once before work that takes about 20 s. */
  readonly notice?: (text: string) => void;
  /** Ends the work; what was half made is made anew the next time. */
  readonly signal?: AbortSignal;
}

interface Place {
  readonly directory: string;
  readonly requirements: string;
  readonly signal: AbortSignal | undefined;
}

const install = async (python: string, { directory, requirements, signal }: Place): Promise<void> => {
  const run = async (command: string, args: readonly string[]) => {
    try {
      await promisify(execFile)(command, [...args], signal === undefined ? {} : { signal });
    } catch (cause) {
      signal?.throwIfAborted();
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new PythonError(
        `the emulator's Python packages could not be installed: ${said.trim().slice(-2000)}\n${WITHOUT}`,
        {},
        { cause },
      );
    }
  };
  await run(python, ['-m', 'venv', directory]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  await run(join(directory, 'bin', 'python'), [
    ...pip,
    '--require-hashes',
    '--no-deps',
    '--only-binary',
    ':all:',
    '-r',
    requirements,
  ]);
};

/**
 * Makes the project's virtual environment unless it is whole: a stamp with the requirements' SHA-256 is written last, so a
 * half-made or outdated environment is made anew. Second call: a file read. Throws PythonError, or what `signal` gives as its
 * reason.
 */
export const ensurePython = async (options: EnvironmentOptions = {}): Promise<PythonEnvironment> => {
  const directory = options.directory ?? join(PROJECT_ROOT, '.venv');
  const requirements = options.requirements ?? REQUIREMENTS;
  const python = join(directory, 'bin', 'python');
  const stamp = join(directory, 'prescale-stamp');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  // The interpreter is a link to the system's Python: existsSync follows it, so an upgraded system makes it anew.
  const whole = existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (whole) return { python, made: false };
  const system = findPython();
  options.notice?.("making the emulator's Python environment in .venv (once, about 20 s)");
  rmSync(directory, { recursive: true, force: true });
  await install(system, { directory, requirements, signal: options.signal });
  writeFileSync(stamp, wanted);
  return { python, made: true };
};
