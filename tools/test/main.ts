import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isStopped, runToEnd, stopWhenAsked } from './run-to-end.ts';

/**
 * `npm test`: types, lint, boundaries, then the jest projects. Runs everything even when something fails, so that one
 * run tells all, and ends with a line `N passed, N failed`. A check counts as one, a jest test as one.
 */
const root = path.resolve(import.meta.dirname, '../..');

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

interface Section {
  readonly name: string;
  readonly group: 'unit' | 'emulator';
  run(): Promise<Tally>;
}

/** Jest leaves one core to whoever watches; nobody watches here, and on two cores that would be half of the machine. */
const EVERY_CORE = ['--maxWorkers=100%'];

/**
 * Jest opens one asynchronous storage a test file and closes none, and without this each promise pays for every one that
 * is open.
 */
const LIGHT_CONTEXT = ['--experimental-async-context-frame'];

const sections: readonly Section[] = [
  { name: 'types', group: 'unit', run: () => check('npm', ['run', '-s', 'typecheck']) },
  { name: 'lint', group: 'unit', run: () => check('npm', ['run', '-s', 'lint', '--', '--error-on-warnings']) },
  { name: 'boundaries', group: 'unit', run: () => check(process.execPath, ['tools/test/boundaries.ts']) },
  { name: 'unit, property, contract and template tests', group: 'unit', run: () => jest('core', EVERY_CORE) },
  { name: 'emulator integration', group: 'emulator', run: () => jest('emulator', ['--runInBand']) },
];

async function check(command: string, args: readonly string[]): Promise<Tally> {
  const status = await runToEnd(command, args, { cwd: root, stdout: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs one jest project; a run that executes nothing or dies before it reports counts as a failure. */
async function jest(project: string, extra: readonly string[] = []): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'prescale-jest-'));
  const report = path.join(folder, 'report.json');
  try {
    const args = [
      ...LIGHT_CONTEXT,
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      project,
      '--json',
      `--outputFile=${report}`,
      ...extra,
    ];
    const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };
    const status = await runToEnd(process.execPath, args, { cwd: root, env, stdout: 'ignore' });
    return tallyOf(readFileSync(report, 'utf8'), status);
  } catch (error) {
    if (!isStopped())
      console.error(`jest ${project} left no report: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tallyOf(report: string, status: number | null): Tally {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(report) as Record<string, number>;
  const failed = (numFailedTests ?? 0) + (numRuntimeErrorTestSuites ?? 0);
  const passed = numPassedTests ?? 0;
  if (passed === 0 || (status !== 0 && failed === 0)) return { passed, failed: failed + 1 };
  return { passed, failed };
}

async function main(): Promise<void> {
  if (!process.version.startsWith('v22.')) {
    console.error(`npm test needs Node 22 from node_modules/.bin, this is ${process.version}: run it as "npm test"`);
    process.exit(1);
  }
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only !== undefined && values.only !== 'unit' && values.only !== 'emulator') {
    console.error(`--only takes "unit" or "emulator", got "${values.only}"`);
    process.exit(2);
  }
  stopWhenAsked();
  const total = { passed: 0, failed: 0 };
  for (const section of sections.filter(({ group }) => values.only === undefined || values.only === group)) {
    const start = performance.now();
    console.log(`\n── ${section.name}`);
    const { passed, failed } = await section.run();
    if (isStopped()) break;
    total.passed += passed;
    total.failed += failed;
    console.log(
      `── ${section.name}: ${passed} passed, ${failed} failed in ${Math.round((performance.now() - start) / 1000)} s`,
    );
  }
  if (isStopped()) {
    console.error('stopped; nothing is left running');
    process.exit(130);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

await main();
