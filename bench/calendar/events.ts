import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { workerFitter } from '../../adapters/fit/worker-fitter.ts';
import { replayTrace } from '../../adapters/memory/replay-trace.ts';
import { readTrace } from '../../cli/trace.ts';
import { InvariantError } from '../../models/kernel/errors.ts';
import { type GappedSeries, type Series, slice } from '../../models/kernel/series.ts';
import { optimum } from '../../models/simulate/optimum.ts';
import { scoreCapacities } from '../../models/simulate/run.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { provenance } from '../provenance.ts';
import { ROOT, seriesUnder } from '../scaling/series.ts';
import { changeShares } from './false-changes.ts';
import { upliftErrors, withEvent } from './recorded-uplifts.ts';

const RESULTS = path.resolve(import.meta.dirname, '../results/events.md');
const DAY_MS = 86_400_000;
const MOST_DAYS = 28;
const UPLIFTS = [1, 2, 0.5] as const;

/** A series with fewer days has too few weeks for a weekly event to be learned and met again. */
const DAYS_TO_REPLAY = 21;

const BOOT_SECONDS = 900;

/** Two hours at noon, every Wednesday: 1990-01-03 was one. */
const WEEKLY = {
  name: 'noon',
  zone: 'UTC',
  starts: '1990-01-03T12:00',
  durationMinutes: 120,
  repeats: { every: 'week', interval: 1 },
} as const;

/** What is learned of events put into recorded loads, what naming them is worth, and how often noise passes for a change. */
export async function benchEvents(args: readonly string[]): Promise<void> {
  parseArgs({ args: [...args], options: {} });
  const loads = seriesUnder(path.join(ROOT, 'data')).flatMap(({ name, file }) => {
    const trace = readTrace(file);
    return trace.dated ? [{ name, load: newest(trace.series) }] : [];
  });
  const uplifts = loads.map(({ name, load }) => upliftRow(name, load));
  const prices: string[] = [];
  for (const { name, load } of loads) {
    if (load.values.length * load.stepMs >= DAYS_TO_REPLAY * DAY_MS) prices.push(await priceRow(name, load));
  }
  const text = pageOf(uplifts, prices);
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
}

/** The last four weeks at most, blanks carried forward: the same load for every row. */
function newest({ startMs, stepMs, values }: GappedSeries): Series {
  let last = 0;
  const whole = values.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
  const steps = Math.min(whole.length, Math.round((MOST_DAYS * DAY_MS) / stepMs));
  return slice({ startMs, stepMs, values: whole }, whole.length - steps);
}

const fixed = (x: number): string => x.toFixed(3);

function upliftRow(name: string, load: Series): string {
  const cells = UPLIFTS.flatMap((uplift) => {
    const { median, ninth } = upliftErrors(load, uplift);
    return [fixed(median), fixed(ninth)];
  });
  return `| ${name} | ${upliftErrors(load, 1).events} | ${cells.join(' | ')} |`;
}

async function priceRow(name: string, load: Series): Promise<string> {
  const doubled = withEvent(load, WEEKLY, 2);
  const cells: string[] = [];
  for (const [given, named] of [
    [load, false],
    [load, true],
    [doubled, false],
    [doubled, true],
  ] as const) {
    cells.push(fixed(await ratioOf(given, named)));
    process.stderr.write(`${name}: ${cells.length} of 4 replays\n`);
  }
  return `| ${name} | ${cells.join(' | ')} |`;
}

/** J / J* of the controller, with the event in its policy or without. */
async function ratioOf(load: Series, named: boolean): Promise<number> {
  const series: GappedSeries = { ...load, mayHaveBlanks: true };
  const problem = scalingProblem(series, { bootSeconds: BOOT_SECONDS });
  if (!problem.ok) throw new InvariantError(`no scaling problem: ${problem.refusal.kind}`);
  const events = named ? { events: [WEEKLY] } : {};
  const replay = { series, problem: problem.value, fitter: workerFitter(), ...events };
  const desired = await replayTrace(replay);
  if (!desired.ok) throw new InvariantError(desired.refusal.reason);
  return scoreCapacities(problem.value, desired.value).J / optimum(problem.value).J;
}

function pageOf(uplifts: readonly string[], prices: readonly string[]): string {
  const changes = [600, 2000].flatMap((steps) =>
    [0, 0.6].map((memory) => {
      const { alarms, found } = changeShares(steps, memory);
      return `| ${steps} | ${memory} | ${(100 * alarms).toFixed(1)} % | ${(100 * found).toFixed(1)} % |`;
    }),
  );
  return `# Events and changes

\`npm run bench -- events\`, on the dated series of the repository, their last four weeks.

What is learned of an event of two hours that took place once: |ln(learned / true)|, median and ninth decile over all
days at 3, 9, 15 and 21 o'clock UTC, for an event that does nothing, doubles or halves the load.

| series | events | × 1 | 9th | × 2 | 9th | × ½ | 9th |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${uplifts.join('\n')}

What naming an event in the policy is worth: J / J\\* of the controller at a boot of ${BOOT_SECONDS / 60} minutes, second half scored. The event is
two hours at noon UTC every Wednesday; it does nothing in the load as recorded, and doubles it in the other.

| series | as recorded | event named | doubled | event named |
| --- | ---: | ---: | ---: | ---: |
${prices.join('\n')}

Changepoints in noise that remembers a share of the step before: stretches with a change seen where there is none, and
stretches in which both of two changes of 1.5 spreads are found within 10 steps and no other; 500 stretches each.

| steps | memory | false alarms | both found |
| ---: | ---: | ---: | ---: |
${changes.join('\n')}

${provenance()}
`;
}
