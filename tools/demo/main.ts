import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { priceTable } from '../../cli/report/price-table.ts';
import { renderReport } from '../../cli/report/render-report.ts';
import { instant } from '../../models/kernel/series.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { onParentGone } from '../emulator/parent.ts';
import { type DemoDay, demoDay } from './day.ts';
import { dayReport } from './day-report.ts';
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

async function play(flags: Flags, signal: AbortSignal): Promise<void> {
  const started = performance.now();
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
    mkdirSync(flags.out, { recursive: true });
    const html = path.join(flags.out, 'report.html');
    writeFileSync(html, renderReport(report));
    const kept = await keepLedger(report.records, stage, flags.out);
    process.stdout.write(`\n${priceTable(report.arms)}\n${report.notes.map((note) => `· ${note}`).join('\n')}\n\n`);
    say(sentenceOf(rises));
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
// The second signal of a kind ends this process at once; the emulator's watchdog then ends the rest.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(name, () => stop.abort(new Error(`stopped by ${name}`)));
onParentGone(() => stop.abort(new Error('what started the demo has ended')));
for (const stream of [process.stdout, process.stderr])
  stream.on('error', () => stop.abort(new Error('nobody reads what the demo says')));
try {
  await play(flags, stop.signal);
} catch (error) {
  process.stderr.write(
    `\n${stop.signal.aborted ? 'stopped; nothing is left running' : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = stop.signal.aborted ? 130 : 1;
}
