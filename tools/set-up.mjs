// Makes the checkout ready to run: installs the locked packages when the lock has changed, and does nothing otherwise.
// Plain JavaScript without dependencies, because it runs under the machine's own Node (20 or later) before any package
// is there; everything after it runs under the Node 22 that it installs into node_modules/.bin.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = path.join(root, 'node_modules', '.prescale-stamp');
const lockFolder = path.join(root, '.cache', 'set-up.lock');
const innerNode = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

const fail = (message) => {
  console.error(`set-up: ${message}`);
  process.exit(1);
};

const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
if (major(process.version) < 20) fail(`this machine has Node ${process.version}; 20 or later is needed to start`);

const lockFile = path.join(root, 'package-lock.json');
if (!existsSync(lockFile)) fail('package-lock.json is missing; a whole checkout of the repository is needed');
const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');

const innerVersion = () => {
  try {
    return execFileSync(innerNode, ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return 'none';
  }
};

const installed = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted && existsSync(innerNode);

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Two set-ups at once would empty node_modules under each other. A lock that nobody touches for ten minutes is dead. */
const takeLock = () => {
  mkdirSync(path.dirname(lockFolder), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lockFolder);
      process.on('exit', () => rmSync(lockFolder, { recursive: true, force: true }));
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(lockFolder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 600_000) rmSync(lockFolder, { recursive: true, force: true });
      else sleep(500);
    }
  }
};

const install = async () => {
  console.error('set-up: installing the locked packages (about a minute, once)');
  utimesSync(lockFolder, new Date(), new Date());
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.on('exit', () => npm.kill());
  const failure = await new Promise((resolve) => {
    npm.once('error', (error) => resolve(`npm could not be run: ${error.message}`));
    npm.once('exit', (status, signal) =>
      resolve(status === 0 ? undefined : `npm ci failed with status ${status ?? signal}; its message is above`),
    );
  });
  if (failure !== undefined) fail(failure);
  // With --ignore-scripts the packages install but Node 22 does not, and the old Node would run silently.
  if (major(innerVersion()) !== 22) {
    fail(
      `Node 22 was not installed into node_modules/.bin (found ${innerVersion()}); are install scripts switched off (npm config get ignore-scripts)?`,
    );
  }
  writeFileSync(stampFile, wanted);
};

try {
  if (!installed()) {
    takeLock();
    if (!installed()) await install();
  }
} catch (error) {
  // The system's own refusals (a folder that cannot be written) speak for themselves; anything else is a defect.
  if (error.code === undefined) throw error;
  fail(error.message);
}
