import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { directFitter } from '../../adapters/fit/direct-fitter.ts';
import { learn } from '../../loop/learn.ts';
import type { TickMessage } from '../../loop/ports.ts';
import { readInputs } from '../../loop/replay-inputs.ts';
import { concluded, draft } from '../../loop/think.ts';
import { type EpochMs, instant } from '../../models/kernel/series.ts';
import { ascending, quantileOfSorted } from '../../models/kernel/statistics.ts';
import type { WorkloadModel } from '../../models/learn/fit-workload.ts';
import { scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { bundled } from '../../tools/build/bundle-size.ts';
import { demoDay } from '../../tools/demo/day.ts';
import { type EmulatedAccount, openAccount } from '../../tools/demo/emulated-account.ts';
import { BOOT_SECONDS, demoPolicy, PENALTY, PUBLICATION_SECONDS } from '../../tools/demo/policy.ts';
import type { Opening } from '../../tools/demo/stage.ts';
import { provenance } from '../provenance.ts';

const RESULTS = path.resolve(import.meta.dirname, '../results/tick.md');

/** Turns before the just-in-time compiler and the connections are warm, and turns that are measured. */
const WARM_UP = 60;
const MEASURED = 200;

/** How often the day is thought through, and how often before the just-in-time compiler is warm. */
const DAYS = 60;
const COLD_DAYS = 10;

/**
 * CPU of one warm turn of one group. The function (middy, Powertools, adapters, SDK), bundled as it is deployed, runs in a
 * process of its own over HTTP against the emulator, whose gate runs in this one; the day is the demo's, with the deployed
 * stack's own tables. Once as an account gets it, and once with the tracer.
 */
export async function benchTick(): Promise<void> {
  const opening = openingOf();
  const [plain, own] = await onAccount(opening, async (account) => [
    await playDay(opening, account, false),
    await ownCompute(opening, account),
  ]);
  const traced = await onAccount(opening, (account) => playDay(opening, account, true));
  report({ plain, traced, own });
}

/** What an emulated account of its own is wanted for. */
async function onAccount<T>(opening: Opening, work: (account: EmulatedAccount) => Promise<T>): Promise<T> {
  const account = await openAccount(opening);
  try {
    return await work(account);
  } finally {
    await account.close();
  }
}

function openingOf(): Opening {
  const day = demoDay(Date.now());
  const problem = scalingProblem(day.series, {
    bootSeconds: BOOT_SECONDS,
    penalty: PENALTY,
    lagSeconds: PUBLICATION_SECONDS,
    scoreFrom: day.from,
  });
  if (!problem.ok) throw new Error(`the recorded day is not a scaling problem: ${JSON.stringify(problem.refusal)}`);
  return { day, problem: problem.value, policy: demoPolicy(problem.value.mu), signal: new AbortController().signal };
}

/** The handler in a process of its own. */
interface HandlerProcess {
  readonly child: ChildProcess;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
}

/** The handler as Lambda would load it, with the deployed function's settings but this; its log is written to nobody. */
async function started(
  file: string,
  { deployment, functionEnvironment }: EmulatedAccount,
  traced: boolean,
): Promise<HandlerProcess> {
  const deployed = await functionEnvironment(deployment.installation.tickFunction);
  const env = { ...process.env, ...deployed, POWERTOOLS_TRACE_ENABLED: String(traced) };
  const child = fork(path.join(import.meta.dirname, 'tick-process.ts'), [file], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`the handler's process ended with ${String(code)}`);
  });
  // It also ends once the day is over, which nobody waits for.
  ended.catch(() => undefined);
  return { child, ended };
}

/** CPU milliseconds that the process spent on one event. Throws when it ends before it answers. */
async function spentOn(event: SQSEvent, { child, ended }: HandlerProcess): Promise<number> {
  const answered = once(child, 'message');
  child.send(event);
  const [cpuMs] = await Promise.race([answered, ended]);
  return Number(cpuMs);
}

const momentOf = ({ day }: Opening, i: number): EpochMs =>
  instant(day.series.startMs + (day.from + i) * day.series.stepMs + PUBLICATION_SECONDS * 1000);

/** CPU milliseconds of each measured turn of the day. */
async function playDay(opening: Opening, account: EmulatedAccount, traced: boolean): Promise<readonly number[]> {
  const { day, policy } = opening;
  const { emulator, deployment, group, publish } = account;
  const job = { policyName: policy.name, workload: policy.workload, groupName: group.id.name, reason: 'bench' };
  await learn({ ...job, asOfMs: momentOf(opening, 0) }, deployment.ports, directFitter());
  const folder = await mkdtemp(path.join(tmpdir(), 'prescale-tick-'));
  const file = path.join(folder, 'index.mjs');
  await writeFile(file, await bundled('tick'));
  const handler = await started(file, account, traced);
  const cpuMs: number[] = [];
  try {
    for (let i = 0; i < WARM_UP + MEASURED; i++) {
      const asOfMs = momentOf(opening, i);
      await emulator.gate.setNow(asOfMs);
      const newest = day.from + i - 1;
      await publish([{ periodMs: day.series.startMs + newest * day.series.stepMs, value: day.series.values[newest]! }]);
      const event = eventOf({ version: 1, group: group.id, policyName: policy.name, asOfMs, fleetSize: 1 });
      cpuMs.push(await spentOn(event, handler));
    }
  } finally {
    handler.child.kill();
    await rm(folder, { recursive: true, force: true });
  }
  return cpuMs.slice(WARM_UP);
}

const eventOf = (message: TickMessage): SQSEvent => ({
  Records: [
    {
      messageId: `bench-${message.asOfMs}`,
      receiptHandle: '',
      body: JSON.stringify(message),
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: '',
      awsRegion: '',
    },
  ],
});

/**
 * CPU of clean, forecast, decide, guard and settle a turn: the day's turns in their order, from their archived inputs, again
 * and again, each time with models that nothing has been worked out for yet. As in a warm function, a turn goes on from
 * the one before, and the first after a fit begins anew.
 */
async function ownCompute(opening: Opening, account: EmulatedAccount): Promise<readonly number[]> {
  const texts = await archivedTurns(opening, account);
  return Array.from({ length: DAYS }, () => {
    const turns = turnsOf(texts);
    const before = process.cpuUsage();
    for (const { inputs, answers } of turns) concluded(inputs, draft(inputs), answers);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / turns.length;
  }).slice(COLD_DAYS);
}

/** What one turn has seen, and the model that it looked at. */
interface ArchivedTurn {
  readonly inputs: string;
  readonly model: string;
}

async function archivedTurns(
  opening: Opening,
  { deployment, group }: EmulatedAccount,
): Promise<readonly ArchivedTurn[]> {
  const { ledger, archive } = deployment.ports;
  const kept = async (address: string | null | undefined): Promise<string> => {
    const text = address === null || address === undefined ? undefined : await archive.get(address);
    if (text === undefined) throw new Error(`the archive does not hold ${String(address)}`);
    return text;
  };
  const range = { fromMs: momentOf(opening, WARM_UP), toMs: momentOf(opening, WARM_UP + MEASURED) };
  const turns: ArchivedTurn[] = [];
  for (const { decision } of await ledger.range(group.id, range)) {
    const inputs = await kept(decision.inputs);
    turns.push({ inputs, model: await kept(readInputs(inputs, undefined).inputs.modelAddress) });
  }
  return turns;
}

/** The turns with models parsed anew, one object for all turns of the same model. */
function turnsOf(texts: readonly ArchivedTurn[]) {
  const models = new Map<string, WorkloadModel>();
  return texts.map(({ inputs, model }) => {
    const parsed: WorkloadModel = models.get(model) ?? JSON.parse(model);
    models.set(model, parsed);
    return readInputs(inputs, parsed);
  });
}

/** CPU milliseconds of each turn, and of each pass through the day's turns the mean of one. */
interface Measured {
  readonly plain: readonly number[];
  readonly traced: readonly number[];
  readonly own: readonly number[];
}

function report({ plain, traced, own }: Measured): void {
  const row = (what: string, values: readonly number[], digits: number): string => {
    const sorted = ascending(values);
    const [low, mid, high] = [0.25, 0.5, 0.75].map((p) => quantileOfSorted(sorted, p).toFixed(digits));
    return `| ${what} | ${mid} | ${low} | ${high} |`;
  };
  const text = `# CPU of one warm turn

CPU milliseconds (user + system) of one turn of a batch of one group, without a refit, by the bundle that is deployed; the
first two rows over ${plain.length} turns of a day, the third over ${own.length} passes through that day.
\`npm run bench -- tick\`.

| what | median | lower quartile | upper quartile |
| --- | ---: | ---: | ---: |
${row('the whole handler: middy, Powertools, adapters, SDK, loop', plain, 1)}
${row('the same with the tracer (`prescale:tracing=tracer`)', traced, 1)}
${row('of it our own compute: clean, forecast, decide, guard, settle', own, 3)}

${provenance()}
`;
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
}
