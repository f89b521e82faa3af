import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type GappedSeries, instant } from '../../models/kernel/series.ts';
import { runGroups } from '../../models/simulate/environment/run-groups.ts';
import type { GroupScenario, Scenario } from '../../models/simulate/environment/scenario.ts';
import { policyNamed } from '../../models/simulate/policies/registry.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { demoDay } from '../../tools/demo/day.ts';
import { provenance } from '../provenance.ts';

const RESULTS = path.resolve(import.meta.dirname, '../results/simulate.md');
const POLICY = 'target-tracking-50';
const SEED = 1;
const GROUPS = 100;
/** Runs of a scenario before the just-in-time compiler is warm, and runs that are measured. */
const WARM_UP = 1;
const MEASURED = 5;

/** Steps by which one group's fortnight begins after that of the group before. */
const SHIFT = 37;

/** Every option that slows the environment down or lets something go wrong. */
const EVERYTHING: Omit<GroupScenario, 'name' | 'replay'> = {
  boot: { kind: 'lognormal', medianSeconds: 240, sigma: 0.4 },
  warmUpSeconds: 120,
  cooldownSeconds: 300,
  lifecycle: { launch: { seconds: 30, atTimeout: 'CONTINUE' }, terminate: { seconds: 60, atTimeout: 'CONTINUE' } },
  schedules: [{ name: 'daily', startMs: 3_600_000, everyMs: 86_400_000, min: 2 }],
  pools: ['a', 'b', 'c'].flatMap((zone) => [
    { type: 'm7g.large', zone, market: 'spot', availability: { atMs: [0], granted: [0.9] } },
    { type: 'm7g.large', zone, market: 'on-demand' },
  ]),
  spot: { perHour: 0.05 },
  metrics: { lateShare: 0.05, missingShare: 0.02, partialShare: 0.05, duplicatedShare: 0.02 },
};

interface Row {
  readonly what: string;
  readonly groups: number;
  readonly scenario: Scenario;
}

/** How many group-steps a minute the environment makes under target tracking, plain and with every option on. */
export async function benchSimulate(): Promise<void> {
  const replays = Array.from({ length: GROUPS }, (_, g) => problemFrom(g * SHIFT));
  const groups = replays.map((replay, g) => ({ name: `group-${g}`, replay }));
  const full = groups.map((group) => ({ ...group, ...EVERYTHING }));
  const rows: readonly Row[] = [
    { what: 'plain', groups: GROUPS, scenario: { groups } },
    {
      what: 'every option on',
      groups: GROUPS,
      scenario: {
        groups: full,
        schedulesLate: true,
        account: { callsPerMinute: 50, contentionShare: 0.01, unitsQuota: 5000 },
        clock: { skewMs: 500, jitterMs: 2000 },
        billing: { minimumSeconds: 60 },
      },
    },
  ];
  report(rows.map((row) => ({ ...row, ...measured(row.scenario) })));
}

/** The recorded fortnight, begun at another step; the second week is scored. */
function problemFrom(shift: number): ScalingProblem {
  const { series } = demoDay(0);
  const values = Float64Array.from([...series.values.subarray(shift), ...series.values.subarray(0, shift)]);
  const shifted: GappedSeries = { ...series, startMs: instant(0), values };
  const problem = scalingProblem(shifted);
  if (problem.ok) return problem.value;
  throw new Error(`the recorded fortnight is not a scaling problem: ${JSON.stringify(problem.refusal)}`);
}

interface Measure {
  readonly steps: number;
  /** Group-steps in one minute of the one thread's CPU time, in the median and the slowest run. */
  readonly median: number;
  readonly slowest: number;
}

function measured(scenario: Scenario): Measure {
  const policy = policyNamed(POLICY)!;
  const { scoreFrom, scoreTo } = scenario.groups[0]!.replay;
  const steps = (scoreTo - scoreFrom) * scenario.groups.length;
  const rates: number[] = [];
  for (let run = -WARM_UP; run < MEASURED; run++) {
    const before = process.cpuUsage();
    runGroups(scenario, policy, SEED + run);
    const { user, system } = process.cpuUsage(before);
    if (run >= 0) rates.push((steps * 60e6) / (user + system));
  }
  rates.sort((a, b) => a - b);
  return { steps, median: rates[rates.length >> 1]!, slowest: rates[0]! };
}

function report(rows: readonly (Row & Measure)[]): void {
  const millions = (rate: number): string => (rate / 1e6).toFixed(1);
  const lines = rows.map(
    (row) => `| ${row.what} | ${row.groups} | ${row.steps} | ${millions(row.median)} | ${millions(row.slowest)} |`,
  );
  const text = `# Speed of the twin

Million group-steps in a minute of CPU time (user + system, one process: observe, decide, transition, score), policy
${POLICY}, ${MEASURED} runs after ${WARM_UP}. Load: the demo's recorded fortnight of
\`data/web/web_nasa_http_1995-07_1min.csv.gz\` at 5 minutes, each group begun ${SHIFT} steps after the one before, second
week scored, seeds from ${SEED}. \`npm run bench -- simulate\`. Aim: ≥ 1 on two cores.

| scenario | groups | group-steps a run | median | slowest run |
| --- | ---: | ---: | ---: | ---: |
${lines.join('\n')}

${provenance()}
`;
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
}
