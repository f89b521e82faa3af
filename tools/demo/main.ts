import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { priceTable } from '../../cli/report/price-table.ts';
import { renderReport } from '../../cli/report/render-report.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { instant } from '../../models/kernel/series.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { failureText } from '../emulator/failure-text.ts';
import { onParentGone } from '../emulator/parent.ts';
import { type DemoDay, demoDay } from './day.ts';
import { dayReport } from './day-report.ts';
import { DemoError } from './demo-error.ts';
import { embeddedStage } from './embedded-stage.ts';
import { keepLedger } from './keep-ledger.ts';
import { headOf, liveLine, say } from './live-line.ts';
import { BOOT_SECONDS, demoPolicy, PENALTY, PUBLICATION_SECONDS } from './policy.ts';
import { type DayStep, replayDay } from './replay-day.ts';
import { headline, scoreDay } from './score-day.ts';
import type { Stage } from './stage.ts';

const HELP = `npm run demo [-- --embedded] [--out FOLDER]

Replays a recorded day of a web site through Prescale and scores it against target tracking and the optimum.
  (no flag)     deploys the stack with the CDK into an emulated AWS on this machine; needs Python 3.10 or later
  --embedded    the same loop on the in-memory twin; needs no Python
  --out FOLDER  where the report goes (default: .demo)
`;

/** Of the day's rises, the share that must be met in advance for the demo to have shown what it is for. */
const LEAST_SHARE = 0.8;

const root = path.resolve(import.meta.dirname, '../..');

interface Flags {
  readonly embedded: boolean;
  readonly out: string;
}

function flagsOf(args: readonly string[]): Flags {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { embedded: { type: 'boolean' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    return { embedded: values.embedded === true, out: path.resolve(values.out ?? path.join(root, '.demo')) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

/** The day as a scaling problem: boot and price as in the policy, the lag that CloudWatch has for every policy alike. */
function problemOf(day: DemoDay) {
  const problem = scalingProblem(day.series, {
    bootSeconds: BOOT_SECONDS,
    penalty: PENALTY,
    lagSeconds: PUBLICATION_SECONDS,
    scoreFrom: day.from,
  });
  if (!problem.ok) throw new Error(`the demo's own day is not a scaling problem: ${JSON.stringify(problem.refusal)}`);
  return problem.value;
}

/** Before anything else: the report would come to nothing after a minute's work. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new BadInputError(`--out ${folder}: ${said}; a folder that can be written is needed`, {}, { cause });
  }
}

async function play(flags: Flags, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  makeFolder(flags.out);
  const day = demoDay(Date.now());
  const problem = problemOf(day);
  const policy = demoPolicy(problem.mu);
  for (const line of headOf(day, problem.mu)) say(line);
  // The AWS clients are loaded only where they are needed: the twin starts at once.
  const open = flags.embedded ? embeddedStage : (await import('./emulated-stage.ts')).emulatedStage;
  const stage: Stage = await open({ day, problem, policy, signal });
  try {
    const played = await replayDay(day, problem, { stage, watch: liveLine(signal) });
    const steps = await withReadBack(played.steps, stage);
    const rises = headline(steps, problem.bootSteps);
    const report = dayReport({
      day,
      problem,
      policy,
      steps,
      arms: scoreDay(problem, steps),
      rises,
      label: stage.label,
    });
    const html = path.join(flags.out, 'report.html');
    writeFileSync(html, renderReport(report));
    const kept = await keepLedger(report.records, stage, flags.out);
    process.stdout.write(`\n${priceTable(report.arms)}\n${report.notes.map((note) => `· ${note}`).join('\n')}\n\n`);
    say(sentenceOf(rises));
    if (rises.risesAtOrAbove < LEAST_SHARE * rises.rises) {
      throw new DemoError(
        `fewer than ${100 * LEAST_SHARE} % of the rises were met in advance: this day is not what the demo is for`,
      );
    }
    say(
      `done in ${Math.round((performance.now() - started) / 1000)} s; open ${shown(html)}, or ask why any decision was made:`,
    );
    say(`  npm run -s prescale -- explain --ledger ${shown(kept.ledger)} --at latest`);
    say(`  npm run -s prescale -- replay --ledger ${shown(kept.ledger)} --archive ${shown(kept.archive)} --at latest`);
  } finally {
    await stage.close();
  }
}

/** The steps with their ledger records as they stand at the end of the day: each is read back by the tick after it. */
async function withReadBack(steps: readonly DayStep[], stage: Stage): Promise<readonly DayStep[]> {
  const stamps = steps.map(({ record }) => record.decision.asOfMs);
  const records = await stage.ledger({ fromMs: instant(stamps[0]!), toMs: instant(stamps.at(-1)! + 1) });
  const byTime = new Map(records.map((record) => [record.decision.asOfMs, record]));
  return steps.map((step) => ({ ...step, record: byTime.get(step.record.decision.asOfMs) ?? step.record }));
}

const shown = (file: string): string => path.relative(process.cwd(), file);

const sentenceOf = ({ rises, risesAtOrAbove }: { rises: number; risesAtOrAbove: number }): string =>
  `at ${risesAtOrAbove} of the day's ${rises} rises (${Math.round((100 * risesAtOrAbove) / Math.max(1, rises))} %) the floor stood at or above the need one boot time earlier`;

const flags = flagsOf(process.argv.slice(2));
const stop = new AbortController();

/** npm passes Ctrl-C on to a process that the terminal has told already: only what comes later is meant as a second one. */
const TWICE_MS = 1000;
let stoppedAt = Number.NaN;

/** Asks for the end; asked again, ends this process at once, and the emulator's watchdog ends the rest. */
function end(why: string): void {
  if (stop.signal.aborted && performance.now() - stoppedAt > TWICE_MS) process.exit(130);
  if (stop.signal.aborted) return;
  stoppedAt = performance.now();
  stop.abort(new Error(why));
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => end(`stopped by ${name}`));
onParentGone(() => end('what started the demo has ended'));
for (const stream of [process.stdout, process.stderr])
  stream.on('error', () => stop.abort(new Error('nobody reads what the demo says')));
try {
  await play(flags, stop.signal);
} catch (error) {
  process.stderr.write(stop.signal.aborted ? '\nstopped; nothing is left running\n' : `demo: ${failureText(error)}\n`);
  process.exitCode = stop.signal.aborted ? 130 : error instanceof BadInputError ? 2 : 1;
}
